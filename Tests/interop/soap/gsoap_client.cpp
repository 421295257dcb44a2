// The six operations by the proxy that wsdl2h and soapcpp2 made of the WSDL. For the conversation see soap.py.
// Usage: gsoap_client CA CERTIFICATE_AND_KEY BUYER
#include <ctime>
#include <functional>
#include <iostream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "Ticketing.nsmap"
#include "soapTicketingProxy.h"

using Words = std::vector<std::string>;

class Buyer {
public:
    Buyer(const std::string &ca, const std::string &own, const std::string &identifier) : identifier(identifier) {
        soap_ssl_init();
        if (soap_ssl_client_context(
                proxy.soap, SOAP_SSL_DEFAULT, own.c_str(), nullptr, ca.c_str(), nullptr, nullptr)) {
            soap_print_fault(proxy.soap, stderr);
            exit(1);
        }
        proxy.soap->connect_timeout = proxy.soap->send_timeout = proxy.soap->recv_timeout = 30;
    }

    Words answer(const Words &words) {
        try {
            return operations.at(words.at(0))(words);
        } catch (int) {
            return fault();
        }
    }

private:
    TicketingProxy proxy;
    std::string identifier;
    int count = 0;

    const std::map<std::string, std::function<Words(const Words &)>> operations = {
        {"query", [this](const Words &w) { return query(w[1], w[2], w[3], w[4]); }},
        {"reserve", [this](const Words &w) { return reserve(w[1], w[2], w[3], w[4], w[5], w[6]); }},
        {"add", [this](const Words &w) { return add(w[1], w[2], w[3], w[4], w[5]); }},
        {"amend", [this](const Words &w) { return amend(w[1], w[2], w[3]); }},
        {"update", [this](const Words &w) { return update(w[1], w[2], w[3]); }},
        {"resolve", [this](const Words &w) { return resolve(w[1], w[2], w[3]); }},
    };

    Words query(const std::string &now, const std::string &address, const std::string &product, const std::string &day) {
        _ns3__queryAppointmentAvailabilityRequest request;
        request.message = message(now);
        request.buyer = buyer();
        request.seller = seller();
        request.addressKey = address;
        request.appointmentsFrom = day;
        request.appointmentType = repair();
        request.ns2__productName = product;
        _ns3__queryAppointmentAvailabilityResponse response;
        call(proxy.queryAppointmentAvailability(&request, response));
        const auto &slots =
            response.union_queryAppointmentAvailabilityResponse.queryAppointmentAvailabilityAccepted->appointmentSlots
                ->appointmentSlot;
        const auto first = slots.at(0);
        return {"slots", std::to_string(slots.size()), first->appointmentDate, first->appointmentStartTime,
                first->appointmentEndTime};
    }

    Words reserve(const std::string &now, const std::string &address, const std::string &product,
                  const std::string &day, const std::string &start, const std::string &end) {
        ns3__Slot slot;
        slot.appointmentDate = day;
        slot.appointmentStartTime = start;
        slot.appointmentEndTime = end;
        _ns3__reserveAppointmentRequest request;
        request.message = message(now);
        request.buyer = buyer();
        request.seller = seller();
        request.appointmentSlot = &slot;
        request.appointmentType = repair();
        request.ns2__productName = product;
        request.ns2__addressKey = address;
        _ns3__reserveAppointmentResponse response;
        call(proxy.reserveAppointment(&request, response));
        const auto held = response.union_reserveAppointmentResponse.reserveAppointmentAccepted->appointment;
        return {"held", held->appointmentReservationKey, held->appointmentDate};
    }

    Words add(const std::string &now, const std::string &service, const std::string &reference,
              const std::string &kind, const std::string &key) {
        std::string name = "Night desk", phone = "+441632960001", keeper = "Keyholder";
        std::string description = "No light & no sync <since six>";
        time_t moment = time(now);
        ns1__Contact reporter, keyholder;
        reporter.name = &name;
        reporter.phone = &phone;
        keyholder.name = &keeper;
        ns1__Fault details;
        details.description = &description;
        details.type = kind;
        details.faultStartTime = moment;
        details.faultLocation = "1 Quay Walk";
        details.siteAccessDetails = "Ring twice";
        details.siteAccessContactDetails = &keyholder;
        details.triageComplete = true;
        details.triageFindings = "Router replaced, no change";
        ns1__Appointment appointment;
        appointment.appointmentReservationKey = key;
        ns1__Report report;
        report.apiVersion = "1.0";
        report.buyerIdentifier = identifier;
        report.sentAt = &moment;
        report.messageId = nextMessage();
        report.reportDateTime = &moment;
        report.reporterContactDetails = &reporter;
        report.serviceAffected = service;
        report.buyerFaultReference = reference;
        report.faultDetails = &details;
        report.appointment = key.empty() ? nullptr : &appointment;
        ns1__TicketReceipt answer;
        call(proxy.addFaultReport(&report, answer));
        return receipt(answer.responseCode, soap_ns1__Status2s(proxy.soap, answer.status), answer.errorMessage);
    }

    Words amend(const std::string &now, const std::string &reference, std::string maintainer) {
        ns1__Comment comment;
        comment.value = "The code is 1234";
        comment.commentedBy = ns1__Party::buyer;
        comment.commentedTime = time(now);
        ns1__Amendment amendment;
        amendment.apiVersion = "1.0";
        amendment.buyerIdentifier = identifier;
        amendment.sentAt = time(now);
        amendment.messageId = nextMessage();
        amendment.buyerFaultReference = reference;
        amendment.maintainerFaultReference = &maintainer;
        amendment.comment = &comment;
        ns1__TicketReceipt answer;
        call(proxy.amendFaultReport(&amendment, answer));
        return receipt(answer.responseCode, soap_ns1__Status2s(proxy.soap, answer.status), answer.errorMessage);
    }

    Words update(const std::string &now, const std::string &reference, const std::string &maintainer) {
        ns1__UpdateRequest request;
        request.apiVersion = "1.0";
        request.buyerIdentifier = identifier;
        request.sentAt = time(now);
        request.messageId = nextMessage();
        request.buyerFaultReference = reference;
        request.maintainerFaultReference = maintainer;
        ns1__Receipt answer;
        call(proxy.requestFaultReportUpdate(&request, answer));
        return receipt(answer.responseCode, "", answer.errorMessage);
    }

    Words resolve(const std::string &now, const std::string &reference, const std::string &accepted) {
        bool isAccepted = accepted == "true";
        ns1__Answer request;
        request.apiVersion = "1.0";
        request.buyerIdentifier = identifier;
        request.sentAt = time(now);
        request.messageId = nextMessage();
        request.buyerFaultReference = reference;
        request.resolveAccepted = &isAccepted;
        ns1__Receipt answer;
        call(proxy.resolveResponse(&request, answer));
        return receipt(answer.responseCode, "", answer.errorMessage);
    }

    static Words receipt(const std::string &code, const std::string &status, const std::string *error) {
        return {"receipt", code, status, error ? *error : ""};
    }

    Words fault() {
        const auto code = *soap_faultcode(proxy.soap), text = *soap_faultstring(proxy.soap);
        const auto detail = proxy.soap->fault ? proxy.soap->fault->detail : nullptr;
        const auto entry = detail ? detail->ns1__validationError : nullptr;
        return {"fault", code ? code : "", text ? text : "", entry ? entry->message : ""};
    }

    static void call(int error) {
        if (error != SOAP_OK) throw error;
    }

    std::string nextMessage() { return "gsoap-" + std::to_string(++count); }

    time_t time(const std::string &text) {
        time_t moment = 0;
        call(soap_s2dateTime(proxy.soap, text.c_str(), &moment));
        return moment;
    }

    ns3__Message *message(const std::string &now) {
        const auto id = nextMessage();
        return soap_new_req_ns3__Message(proxy.soap, id, "transit-" + std::to_string(count), time(now));
    }

    ns3__Buyer *buyer() { return soap_new_req_ns3__Buyer(proxy.soap, identifier); }

    ns3__Seller *seller() { return soap_new_req_ns3__Seller(proxy.soap, "OPERATOR"); }

    ns3__AppointmentType *repair() {
        const auto type = soap_new_ns3__AppointmentType(proxy.soap);
        type->__union_AppointmentType = SOAP_UNION__ns3__union_AppointmentType_fault;
        type->union_AppointmentType.fault = soap_new_std__string(proxy.soap);
        return type;
    }
};

int main(int, char **arguments) {
    Buyer buyer(arguments[1], arguments[2], arguments[3]);
    for (std::string line; std::getline(std::cin, line);) {
        Words words;
        std::stringstream parts(line + "\t");
        for (std::string word; std::getline(parts, word, '\t');) words.push_back(word);
        const auto said = buyer.answer(words);
        for (size_t index = 0; index < said.size(); index++) std::cout << (index ? "\t" : "") << said[index];
        std::cout << std::endl;
    }
}
