import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A wire between clients and a server, which can be cut, refused and held: real sockets on both sides. */
export class Wire {
  readonly #sockets = new Set<Socket>();
  #server: Server | undefined;
  #held = false;
  #port = 0;

  constructor(private readonly to: number, private readonly host = '127.0.0.1') {}

  /** One to the only server of this address. */
  static async before(url: string): Promise<{ readonly wire: Wire; readonly url: string }> {
    const { hostname, port } = new URL(url);
    const wire = new Wire(Number(port), hostname);
    await wire.open();
    return { wire, url: url.replace(`${hostname}:${port}`, `127.0.0.1:${wire.port}`) };
  }

  get port(): number {
    return this.#port;
  }

  async open(): Promise<void> {
    const server = createServer((near) => {
      const far = connect(this.to, this.host);
      for (const [one, other] of [[near, far], [far, near]] as const) {
        this.#sockets.add(one);
        one.setNoDelay(true);
        one.on('data', (bytes) => other.write(bytes));
        one.on('error', () => undefined);
        one.on('close', () => {
          this.#sockets.delete(one);
          other.destroy();
        });
        if (this.#held) one.pause();
      }
    });
    server.listen(this.#port, '127.0.0.1');
    await once(server, 'listening');
    // Cast: it listens on a port, not on a path.
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
  }

  /** Every connection breaks; new ones are taken. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  /** Every connection breaks, and none is taken until it is opened again. */
  async refuse(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    this.cut();
    if (server) await new Promise((resolve) => server.close(resolve));
  }

  /** Nothing passes, in either direction, and no connection breaks: a server that froze. */
  hold(): void {
    this.#held = true;
    for (const socket of this.#sockets) socket.pause();
  }

  /** What was held passes now. */
  release(): void {
    this.#held = false;
    for (const socket of this.#sockets) socket.resume();
  }
}
