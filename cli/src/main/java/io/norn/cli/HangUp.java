package io.norn.cli;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/**
 * Listens for SIGHUP, by which daemons are told to read their configuration again. By reflection,
 * because Java offers signals only in a package of which compilers warn.
 */
final class HangUp {
  private HangUp() {}

  /** Runs something at each SIGHUP, where the system has such a signal. */
  static void onSignal(Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object reaction =
          Proxy.newProxyInstance(
              HangUp.class.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) -> react(proxy, method, arguments, action));
      Object hup = signal.getConstructor(String.class).newInstance("HUP");
      signal.getMethod("handle", signal, handler).invoke(null, hup, reaction);
    } catch (ReflectiveOperationException e) {
      // No signals here, as on Windows: CONFIG RELOAD does the same.
      return;
    }
  }

  private static Object react(Object proxy, Method method, Object[] arguments, Runnable action) {
    return switch (method.getName()) {
      case "handle" -> {
        action.run();
        yield null;
      }
      case "equals" -> proxy == arguments[0];
      case "hashCode" -> System.identityHashCode(proxy);
      default -> "HangUp";
    };
  }
}
