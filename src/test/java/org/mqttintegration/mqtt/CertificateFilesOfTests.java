package org.mqttintegration.mqtt;

/** Directories of certificates, for tests of other packages. */
public final class CertificateFilesOfTests {

  private CertificateFilesOfTests() {}

  /** One with nothing in it. */
  public static CertificateFiles none() {
    return new CertificateFiles(Fixtures.settings());
  }
}
