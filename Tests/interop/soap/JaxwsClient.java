import java.io.BufferedReader;
import java.io.File;
import java.io.FileInputStream;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.xml.datatype.DatatypeFactory;
import javax.xml.datatype.XMLGregorianCalendar;
import javax.xml.ws.soap.SOAPFaultException;

import patchbay.ticketing._1.*;
import uk.org.niccstandards.ala_1_0.*;

/**
 * The six operations by the classes that wsimport made of the WSDL. For the conversation see soap.py.
 *
 * Usage: JaxwsClient WSDL CA CERTIFICATE KEY BUYER
 */
public final class JaxwsClient {
    private final Ticketing port;
    private final String identifier;
    private final DatatypeFactory dates = DatatypeFactory.newInstance();
    private int count = 0;

    private JaxwsClient(String wsdl, String identifier) throws Exception {
        this.port = new Ticketing_Service(new File(wsdl).toURI().toURL()).getTicketing();
        this.identifier = identifier;
    }

    public static void main(String[] arguments) throws Exception {
        HttpsURLConnection.setDefaultSSLSocketFactory(
            mutualTLS(arguments[1], arguments[2], arguments[3]).getSocketFactory()
        );
        JaxwsClient client = new JaxwsClient(arguments[0], arguments[4]);
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            System.out.println(String.join("\t", client.answer(line.split("\t", -1))));
            System.out.flush();
        }
    }

    private List<String> answer(String[] words) throws Exception {
        try {
            switch (words[0]) {
                case "query": return query(words[1], words[2], words[3], words[4]);
                case "reserve": return reserve(words[1], words[2], words[3], words[4], words[5], words[6]);
                case "add": return add(words[1], words[2], words[3], words[4], words[5]);
                case "amend": return amend(words[1], words[2], words[3]);
                case "update": return update(words[1], words[2], words[3]);
                case "resolve": return resolve(words[1], words[2], words[3]);
                default: throw new IllegalArgumentException(words[0]);
            }
        } catch (ValidationError_Exception refusal) {
            return List.of("fault", "Client", refusal.getMessage(), refusal.getFaultInfo().getMessage());
        } catch (SOAPFaultException refusal) {
            String code = refusal.getFault().getFaultCodeAsQName().getLocalPart();
            return List.of("fault", code, refusal.getFault().getFaultString(),
                refusal.getFault().getDetail().getTextContent());
        }
    }

    private List<String> query(String now, String address, String product, String day) throws Exception {
        QueryAppointmentAvailabilityRequest request = new QueryAppointmentAvailabilityRequest();
        request.setMessage(message(now));
        request.setBuyer(buyer());
        request.setSeller(seller());
        request.setAddressKey(address);
        request.setAppointmentsFrom(date(day));
        request.setAppointmentType(repair());
        request.setProductName(product);
        List<Slot> slots = port.queryAppointmentAvailability(request)
            .getQueryAppointmentAvailabilityAccepted().getAppointmentSlots().getAppointmentSlot();
        Slot first = slots.get(0);
        return List.of("slots", String.valueOf(slots.size()), first.getAppointmentDate().toXMLFormat(),
            first.getAppointmentStartTime(), first.getAppointmentEndTime());
    }

    private List<String> reserve(
        String now, String address, String product, String day, String start, String end
    ) throws Exception {
        Slot slot = new Slot();
        slot.setAppointmentDate(date(day));
        slot.setAppointmentStartTime(start);
        slot.setAppointmentEndTime(end);
        ReserveAppointmentRequest request = new ReserveAppointmentRequest();
        request.setMessage(message(now));
        request.setBuyer(buyer());
        request.setSeller(seller());
        request.setAppointmentSlot(slot);
        request.setAppointmentType(repair());
        request.setProductName(product);
        request.setAddressKey(address);
        Reserved held = port.reserveAppointment(request).getReserveAppointmentAccepted().getAppointment();
        return List.of("held", held.getAppointmentReservationKey(), held.getAppointmentDate().toXMLFormat());
    }

    private List<String> add(String now, String service, String reference, String kind, String key) {
        Contact reporter = new Contact();
        reporter.setName("Night desk");
        reporter.setPhone("+441632960001");
        Contact keyholder = new Contact();
        keyholder.setName("Keyholder");
        Fault details = new Fault();
        details.setDescription("No light & no sync <since six>");
        details.setType(kind);
        details.setFaultStartTime(date(now));
        details.setFaultLocation("1 Quay Walk");
        details.setSiteAccessDetails("Ring twice");
        details.setSiteAccessContactDetails(keyholder);
        details.setTriageComplete(true);
        details.setTriageFindings("Router replaced, no change");
        Report report = new Report();
        report.setApiVersion("1.0");
        report.setBuyerIdentifier(identifier);
        report.setSentAt(date(now));
        report.setMessageId(nextMessage());
        report.setReportDateTime(date(now));
        report.setReporterContactDetails(reporter);
        report.setServiceAffected(service);
        report.setBuyerFaultReference(reference);
        report.setFaultDetails(details);
        if (!key.isEmpty()) {
            Appointment appointment = new Appointment();
            appointment.setAppointmentReservationKey(key);
            report.setAppointment(appointment);
        }
        return receipt(port.addFaultReport(report));
    }

    private List<String> amend(String now, String reference, String maintainer) {
        Comment comment = new Comment();
        comment.setValue("The code is 1234");
        comment.setCommentedBy(Party.BUYER);
        comment.setCommentedTime(date(now));
        Amendment amendment = new Amendment();
        amendment.setApiVersion("1.0");
        amendment.setBuyerIdentifier(identifier);
        amendment.setSentAt(date(now));
        amendment.setMessageId(nextMessage());
        amendment.setBuyerFaultReference(reference);
        amendment.setMaintainerFaultReference(maintainer);
        amendment.setComment(comment);
        return receipt(port.amendFaultReport(amendment));
    }

    private List<String> update(String now, String reference, String maintainer) {
        UpdateRequest request = new UpdateRequest();
        request.setApiVersion("1.0");
        request.setBuyerIdentifier(identifier);
        request.setSentAt(date(now));
        request.setMessageId(nextMessage());
        request.setBuyerFaultReference(reference);
        request.setMaintainerFaultReference(maintainer);
        return receipt(port.requestFaultReportUpdate(request));
    }

    private List<String> resolve(String now, String reference, String accepted) {
        Answer answer = new Answer();
        answer.setApiVersion("1.0");
        answer.setBuyerIdentifier(identifier);
        answer.setSentAt(date(now));
        answer.setMessageId(nextMessage());
        answer.setBuyerFaultReference(reference);
        answer.setResolveAccepted(accepted.equals("true"));
        return receipt(port.resolveResponse(answer));
    }

    private static List<String> receipt(TicketReceipt answer) {
        return List.of("receipt", answer.getResponseCode().toString(), answer.getStatus().value(),
            answer.getErrorMessage() == null ? "" : answer.getErrorMessage());
    }

    private static List<String> receipt(Receipt answer) {
        return List.of("receipt", answer.getResponseCode().toString(), "",
            answer.getErrorMessage() == null ? "" : answer.getErrorMessage());
    }

    private String nextMessage() {
        count += 1;
        return "jaxws-" + count;
    }

    private Message message(String now) {
        Message message = new Message();
        message.setMessageId(nextMessage());
        message.setCorrelationId("transit-" + count);
        message.setSentAt(date(now));
        return message;
    }

    private Buyer buyer() {
        Buyer buyer = new Buyer();
        buyer.setBuyerIdentifier(identifier);
        return buyer;
    }

    private static Seller seller() {
        Seller seller = new Seller();
        seller.setSellerIdentifier("OPERATOR");
        return seller;
    }

    private static AppointmentType repair() {
        AppointmentType type = new AppointmentType();
        type.setFault("");
        return type;
    }

    private XMLGregorianCalendar date(String text) {
        return dates.newXMLGregorianCalendar(text);
    }

    /** Java's own TLS, from the same PEM files as every other client's. */
    private static SSLContext mutualTLS(String ca, String certificate, String key) throws Exception {
        CertificateFactory x509 = CertificateFactory.getInstance("X.509");
        String pem = Files.readString(Path.of(key)).replaceAll("-----[^-]+-----", "").replaceAll("\\s", "");
        PrivateKey secret = KeyFactory.getInstance("EC")
            .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem)));
        KeyStore own = KeyStore.getInstance("PKCS12");
        own.load(null, null);
        own.setKeyEntry("buyer", secret, new char[0], new Certificate[] {read(x509, certificate)});
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("ca", read(x509, ca));
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, new char[0]);
        TrustManagerFactory authorities = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        authorities.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), authorities.getTrustManagers(), null);
        return context;
    }

    private static Certificate read(CertificateFactory x509, String path) throws Exception {
        try (InputStream file = new FileInputStream(path)) {
            return x509.generateCertificate(file);
        }
    }
}
