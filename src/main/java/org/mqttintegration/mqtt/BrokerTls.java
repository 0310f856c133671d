package org.mqttintegration.mqtt;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.pem.PemSslStore;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;

/** Makes of TLS options what a socket takes, from the files as they are now. */
final class BrokerTls {

  private BrokerTls() {}

  /**
   * A factory of sockets.
   *
   * @throws IOException when a file is missing or not what it should be, with the reason
   */
  static SSLSocketFactory socketFactory(TlsOptions options, CertificateFiles files)
      throws IOException {
    PemSslStore own = own(options, files);
    String ca = options.caFile();
    PemSslStore trusted = ca == null ? null : PemSslStore.of(files.certificates(ca), null);
    String pinned = options.pinnedFile();
    try {
      SslBundle bundle = SslBundle.of(new PemSslStoreBundle(own, trusted));
      if (pinned == null) {
        return bundle.createSslContext().getSocketFactory();
      }
      SSLContext context = SSLContext.getInstance("TLS");
      TrustManager[] pin = {new Pinned(files.certificates(pinned))};
      context.init(bundle.getManagers().getKeyManagers(), pin, null);
      return context.getSocketFactory();
    } catch (GeneralSecurityException | IllegalStateException e) {
      throw new IOException("the certificates and keys do not fit together", e);
    }
  }

  private static @Nullable PemSslStore own(TlsOptions options, CertificateFiles files)
      throws IOException {
    String certificate = options.certificateFile();
    PrivateKey key = key(options, files);
    return certificate == null || key == null
        ? null
        : PemSslStore.of(files.certificates(certificate), key);
  }

  private static @Nullable PrivateKey key(TlsOptions options, CertificateFiles files)
      throws IOException {
    String file = options.keyFile();
    if (file != null) {
      return files.privateKey(file);
    }
    String key = options.key();
    return key == null ? null : CertificateFiles.privateKeyIn(key);
  }

  /**
   * Accepts these certificates and no other. Not an X509ExtendedTrustManager, so that the JDK goes
   * on checking the host name and the algorithms.
   */
  private record Pinned(List<X509Certificate> certificates) implements X509TrustManager {

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType)
        throws CertificateException {
      if (!certificates.contains(chain[0])) {
        throw new CertificateException("the broker shows another certificate than the pinned one");
      }
      chain[0].checkValidity();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType)
        throws CertificateException {
      throw new CertificateException("this is no server");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
