package org.mqttintegration.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Certificates and keys made with the JDK's keytool, written as PEM where a test wants them. */
public final class Certificates {

  private static final char[] PASSWORD = "changeit".toCharArray();

  private final Path store;

  /** A new private key, PKCS#8 as PEM. */
  public static String newKey() {
    try {
      return pem(
          "PRIVATE KEY",
          KeyPairGenerator.getInstance("EC").generateKeyPair().getPrivate().getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public Certificates(Path folder) {
    this.store = folder.resolve("certificates.p12");
  }

  /** An authority. */
  public Certificates authority(String alias) {
    return make(alias, "EC", "-ext", "bc:c=ca:true", "-validity", "3650");
  }

  /** A certificate signed by an authority. */
  public Certificates signed(String alias, String authority, String algorithm, String... options) {
    List<String> all = new ArrayList<>(List.of("-signer", authority));
    all.addAll(List.of(options));
    return make(alias, algorithm, all.toArray(String[]::new));
  }

  private Certificates make(String alias, String algorithm, String... options) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                alias,
                "-dname",
                "CN=" + alias,
                "-keyalg",
                algorithm,
                "-keystore",
                store.toString(),
                "-storepass",
                new String(PASSWORD)));
    command.addAll(List.of(options));
    try {
      Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(keytool.getInputStream().readAllBytes());
      if (keytool.waitFor() != 0) {
        throw new IllegalStateException(output);
      }
      return this;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Writes a certificate with its chain, or only itself. */
  public void write(String alias, boolean chain, Path file) throws Exception {
    Certificate[] certificates = load().getCertificateChain(alias);
    StringBuilder pem = new StringBuilder();
    for (int i = 0; i < (chain ? certificates.length : 1); i++) {
      pem.append(pem("CERTIFICATE", certificates[i].getEncoded()));
    }
    Files.writeString(file, pem);
  }

  public void writeKey(String alias, Path file) throws Exception {
    Files.writeString(file, pem("PRIVATE KEY", load().getKey(alias, PASSWORD).getEncoded()));
  }

  /** Writes a store of an authority's certificate, for {@code javax.net.ssl.trustStore}. */
  public void writeTrustStore(String authority, Path file) throws Exception {
    KeyStore roots = KeyStore.getInstance("PKCS12");
    roots.load(null, null);
    roots.setCertificateEntry(authority, load().getCertificate(authority));
    try (OutputStream out = Files.newOutputStream(file)) {
      roots.store(out, PASSWORD);
    }
  }

  /** What a server takes that shows this certificate, and trusts the authorities of all others. */
  public SSLContext server(String alias) throws Exception {
    KeyStore all = load();
    KeyStore own = KeyStore.getInstance("PKCS12");
    own.load(null, null);
    own.setKeyEntry(alias, all.getKey(alias, PASSWORD), PASSWORD, all.getCertificateChain(alias));
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(own, PASSWORD);
    KeyStore roots = KeyStore.getInstance("PKCS12");
    roots.load(null, null);
    roots.setCertificateEntry("root", all.getCertificateChain(alias)[1]);
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(roots);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  private KeyStore load() throws IOException, GeneralSecurityException {
    KeyStore all = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      all.load(in, PASSWORD);
    }
    return all;
  }

  private static String pem(String what, byte[] der) {
    return "-----BEGIN %1$s-----%n%2$s%n-----END %1$s-----%n"
        .formatted(what, Base64.getMimeEncoder().encodeToString(der));
  }
}
