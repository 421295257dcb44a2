<?php
// The six operations by PHP's SoapClient, which reads the WSDL when it starts. For the conversation see soap.py.
// Usage: php php_client.php WSDL CA CERTIFICATE KEY BUYER
declare(strict_types=1);

[, $wsdl, $ca, $certificate, $key, $identifier] = $argv;
$client = new SoapClient($wsdl, [
    'stream_context' => stream_context_create([
        'ssl' => ['local_cert' => $certificate, 'local_pk' => $key, 'cafile' => $ca],
    ]),
    'cache_wsdl' => WSDL_CACHE_NONE,
    'connection_timeout' => 30,
]);
$count = 0;

function head(string $now): array
{
    global $identifier, $count;
    $count += 1;
    return ['apiVersion' => '1.0', 'buyerIdentifier' => $identifier, 'sentAt' => $now, 'messageId' => "php-$count"];
}

function appointmentHead(string $now): array
{
    global $identifier, $count;
    $count += 1;
    return [
        'message' => ['messageId' => "php-$count", 'correlationId' => "transit-$count", 'sentAt' => $now],
        'buyer' => ['buyerIdentifier' => $identifier],
        'seller' => ['sellerIdentifier' => 'OPERATOR'],
    ];
}

function receipt(object $answer): array
{
    return ['receipt', $answer->responseCode, $answer->status ?? '', $answer->errorMessage ?? ''];
}

$operations = [
    'query' => function (string $now, string $address, string $product, string $day) use ($client): array {
        $answer = $client->queryAppointmentAvailability(appointmentHead($now) + [
            'addressKey' => $address,
            'appointmentsFrom' => $day,
            'appointmentType' => ['fault' => ''],
            'productName' => $product,
        ]);
        $slots = $answer->queryAppointmentAvailabilityAccepted->appointmentSlots->appointmentSlot;
        $first = $slots[0];
        return [
            'slots', count($slots), $first->appointmentDate, $first->appointmentStartTime, $first->appointmentEndTime,
        ];
    },
    'reserve' => function (
        string $now,
        string $address,
        string $product,
        string $day,
        string $start,
        string $end
    ) use ($client): array {
        $slot = ['appointmentDate' => $day, 'appointmentStartTime' => $start, 'appointmentEndTime' => $end];
        $answer = $client->reserveAppointment(appointmentHead($now) + [
            'appointmentSlot' => $slot,
            'appointmentType' => ['fault' => ''],
            'productName' => $product,
            'addressKey' => $address,
        ]);
        $held = $answer->reserveAppointmentAccepted->appointment;
        return ['held', $held->appointmentReservationKey, $held->appointmentDate];
    },
    'add' => function (
        string $now,
        string $service,
        string $reference,
        string $kind,
        string $key
    ) use ($client): array {
        $report = head($now) + [
            'reportDateTime' => $now,
            'reporterContactDetails' => ['name' => 'Night desk', 'phone' => '+441632960001'],
            'serviceAffected' => $service,
            'buyerFaultReference' => $reference,
            'faultDetails' => [
                'description' => 'No light & no sync <since six>',
                'type' => $kind,
                'faultStartTime' => $now,
                'faultLocation' => '1 Quay Walk',
                'siteAccessDetails' => 'Ring twice',
                'siteAccessContactDetails' => ['name' => 'Keyholder'],
                'triageComplete' => true,
                'triageFindings' => 'Router replaced, no change',
            ],
        ];
        if ($key !== '') {
            $report['appointment'] = ['appointmentReservationKey' => $key];
        }
        return receipt($client->addFaultReport($report));
    },
    'amend' => fn (string $now, string $reference, string $maintainer): array =>
        receipt($client->amendFaultReport(head($now) + [
            'buyerFaultReference' => $reference,
            'maintainerFaultReference' => $maintainer,
            'comment' => ['value' => 'The code is 1234', 'commentedBy' => 'buyer', 'commentedTime' => $now],
        ])),
    'update' => fn (string $now, string $reference, string $maintainer): array =>
        receipt($client->requestFaultReportUpdate(head($now) + [
            'buyerFaultReference' => $reference,
            'maintainerFaultReference' => $maintainer,
        ])),
    'resolve' => fn (string $now, string $reference, string $accepted): array =>
        receipt($client->resolveResponse(head($now) + [
            'buyerFaultReference' => $reference,
            'resolveAccepted' => $accepted === 'true',
        ])),
];

while (($line = fgets(STDIN)) !== false) {
    $arguments = explode("\t", rtrim($line, "\n"));
    $operation = array_shift($arguments);
    try {
        $said = $operations[$operation](...$arguments);
    } catch (SoapFault $refusal) {
        $entry = $refusal->detail->validationError ?? null;
        $first = is_array($entry) ? $entry[0] : $entry;
        $said = ['fault', $refusal->faultcode, $refusal->faultstring, $first->message ?? ''];
    }
    echo implode("\t", $said), "\n";
}
