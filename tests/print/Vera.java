// Validates PDF files with veraPDF's core. Usage: java -cp JARS tests/print/Vera.java FLAVOUR[,FLAVOUR] FILE…
// For each file and flavour prints one line "PASS|FAIL flavour file", under a failure its rules; exits 1 when anything failed.
// (Java 11 or newer runs this file as it is, without compiling. JARS: see tests/print/conftest.py.)

import java.io.FileInputStream;
import java.util.Map;
import java.util.TreeMap;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;

public class Vera {
    public static void main(String[] arguments) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        var foundry = Foundries.defaultInstance();
        boolean failed = false;
        for (String name : arguments[0].split(",")) {
            PDFAFlavour flavour = PDFAFlavour.byFlavourId(name);
            for (int i = 1; i < arguments.length; i++) {
                try (var stream = new FileInputStream(arguments[i]); var parser = foundry.createParser(stream, flavour);
                     var validator = foundry.createValidator(flavour, false)) {
                    var result = validator.validate(parser);
                    failed |= !result.isCompliant();
                    System.out.println((result.isCompliant() ? "PASS " : "FAIL ") + name + " " + arguments[i]);
                    Map<String, Integer> counts = new TreeMap<>();
                    Map<String, String> places = new TreeMap<>();
                    for (TestAssertion assertion : result.getTestAssertions()) {
                        if (assertion.getStatus() == TestAssertion.Status.PASSED) continue;
                        var rule = assertion.getRuleId();
                        String key = rule.getClause() + "-" + rule.getTestNumber() + " " + assertion.getMessage();
                        counts.merge(key, 1, Integer::sum);
                        places.putIfAbsent(key, assertion.getLocation().getContext());
                    }
                    counts.forEach((key, n) -> System.out.println("  " + n + "x " + key + "\n     " + places.get(key)));
                }
            }
        }
        System.exit(failed ? 1 : 0);
    }
}
