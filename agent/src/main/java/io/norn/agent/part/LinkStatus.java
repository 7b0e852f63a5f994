package io.norn.agent.part;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** State of one link, changed in one place, where it is logged. May be used by any thread. */
public final class LinkStatus {
  private static final Logger LOG = LoggerFactory.getLogger(LinkStatus.class);

  private final String name;
  private LinkState state = LinkState.CONNECTING;
  private String detail = "";
  private String trouble = "";
  private long sinceMillis = System.currentTimeMillis();

  public LinkStatus(String name) {
    this.name = name;
  }

  /** Changes state, and logs it unless nothing changed. */
  public synchronized void change(LinkState newState, String newDetail) {
    boolean isNews = state != newState || !detail.equals(newDetail);
    if (state != newState) {
      sinceMillis = System.currentTimeMillis();
    }
    state = newState;
    detail = newDetail;
    if (isNews && (newState == LinkState.BROKEN || newState == LinkState.REFUSED)) {
      LOG.warn("{} {}: {}", name, newState.label(), newDetail);
    } else if (isNews) {
      LOG.info("{} {}{}", name, newState.label(), newDetail.isEmpty() ? "" : ": " + newDetail);
    }
  }

  /** Shows how far a long step has come; not logged. */
  public synchronized void progress(String text) {
    detail = text;
  }

  /** What is wrong although the link stands; empty for nothing. */
  public synchronized void trouble(String text) {
    trouble = text;
  }

  public synchronized LinkState state() {
    return state;
  }

  public synchronized String detail() {
    return trouble.isEmpty() ? detail : trouble;
  }

  public synchronized long sinceMillis() {
    return sinceMillis;
  }
}
