package org.mqttintegration.outbound;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which addresses brokers and route files may have connected to. A deny wins over an allow, and an
 * exception over both.
 *
 * @param allow blocks of addresses that may be connected to
 * @param deny blocks that may not, although they are allowed
 * @param exceptions blocks that may, although they are denied or not allowed
 * @param ownDatabase whether the application's own database may be connected to
 */
@ConfigurationProperties("mqtt-integration.outbound")
record OutboundSettings(
    @DefaultValue({"0.0.0.0/0", "::/0"}) List<AddressBlock> allow,
    @DefaultValue({
          "0.0.0.0/8", // "this host"
          "169.254.0.0/16", // link-local, with the metadata address of most clouds
          "100.100.100.200", // metadata: Alibaba Cloud
          "168.63.129.16", // metadata: Azure
          "192.0.0.192", // metadata: Oracle Cloud
          "224.0.0.0/4",
          "255.255.255.255",
          "::",
          "fe80::/10", // link-local
          "fd00:ec2::254", // metadata: AWS
          "fd20:ce::254", // metadata: Google Cloud
          "ff00::/8"
        })
        List<AddressBlock> deny,
    @DefaultValue List<AddressBlock> exceptions,
    @DefaultValue("false") boolean ownDatabase) {}
