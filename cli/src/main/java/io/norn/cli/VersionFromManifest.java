package io.norn.cli;

import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote into the jar. */
final class VersionFromManifest implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = VersionFromManifest.class.getPackage().getImplementationVersion();
    return new String[] {"norn " + (version == null ? "(not packaged)" : version)};
  }
}
