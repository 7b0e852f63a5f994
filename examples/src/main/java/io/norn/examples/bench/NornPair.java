package io.norn.examples.bench;

import io.norn.examples.mesh.Mesh;
import io.norn.examples.mesh.Programs;
import io.norn.examples.mesh.Wiring;
import io.norn.net.Endpoint;
import java.io.IOException;

/** Two primaries with an agent each. */
record NornPair(Mesh mesh) implements Setup {
  static NornPair start(Programs programs) throws IOException {
    return new NornPair(Mesh.start(programs, Wiring.DIRECT));
  }

  @Override
  public String name() {
    return "Norn";
  }

  @Override
  public Endpoint source() {
    return mesh.a().endpoint();
  }

  @Override
  public Endpoint target() {
    return mesh.b().endpoint();
  }

  @Override
  public void requireAlive() throws IOException {
    mesh.a().agent().requireRunning();
    mesh.b().agent().requireRunning();
  }

  @Override
  public void close() throws IOException {
    mesh.close();
  }
}
