package io.norn.examples.mesh;

/** How the nodes of a mesh reach each other. */
public enum Wiring {
  /** As in production, for measurements. */
  DIRECT,
  /** Through proxies that can be cut. */
  CUTTABLE
}
