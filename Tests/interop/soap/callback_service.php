<?php
// A buyer's notification endpoint: PHP's SoapServer, made of the served callback WSDL. Each notification that it read is a
// line of JSON in the file that PATCHBAY_TOLD names.
// Usage: PATCHBAY_CALLBACK_WSDL=FILE PATCHBAY_TOLD=FILE php -S 127.0.0.1:PORT callback_service.php
declare(strict_types=1);

$server = new SoapServer(getenv('PATCHBAY_CALLBACK_WSDL'), ['cache_wsdl' => WSDL_CACHE_NONE]);
$server->addFunction('notifyFaultReportUpdate');
$server->handle();

function notifyFaultReportUpdate(object $notification): array
{
    file_put_contents(getenv('PATCHBAY_TOLD'), json_encode($notification) . "\n", FILE_APPEND);
    return [
        'apiVersion' => '1.0',
        'buyerIdentifier' => $notification->buyerIdentifier,
        'sentAt' => $notification->sentAt,
        'messageId' => $notification->messageId,
        'responseCode' => 200,
    ];
}
