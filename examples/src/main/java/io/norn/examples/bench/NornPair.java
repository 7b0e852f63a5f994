package io.norn.examples.bench;

import io.norn.examples.mesh.AgentProgram;
import io.norn.examples.mesh.Mesh;
import io.norn.examples.mesh.Wiring;
import io.norn.net.Endpoint;
import io.norn.testkit.server.ServerBinary;
import java.io.IOException;

/** Two primaries with an agent each. */
record NornPair(Mesh mesh) implements Setup {
  static NornPair start(ServerBinary binary, AgentProgram program) throws IOException {
    return new NornPair(Mesh.start(binary, program, Wiring.DIRECT));
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
  public void close() throws IOException {
    mesh.close();
  }
}
