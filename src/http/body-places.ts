declare module 'fastify' {
  interface FastifyRequest {
    /** Where its body is kept until it is answered. */
    bodyPlace: BodyPlace | null;
  }
}

/** How much bodies of one kind hold together, in bytes: four of the largest programmes. */
const mostTogether = 64 * 1024 * 1024;
/** So much of each is not counted, in bytes: a short body has its place whatever others send. */
const always = 32 * 1024;
/** What a piece holds beside its bytes: whoever sends a byte a piece would hold a hundred times what is sent. */
const besides = 160;

/** The place of one body among those of its kind. */
export interface BodyPlace {
  /** Whether there is room for one more piece of so many bytes, which is taken. */
  takes(bytes: number): boolean;
  /** What was taken is free. */
  leave(): void;
}

/**
 * How much bodies hold that are still sent, or not answered yet: a body that is never sent to its end is kept for as long as one that is. Each kind of route has
 * room of its own, so that programmes leave that of parts, and the operator's that of strangers, as it is.
 */
export class BodyPlaces {
  private taken = 0;

  constructor(private readonly most = mostTogether, private readonly free = always) {}

  /** The place of a body of which nothing is there yet. */
  place(): BodyPlace {
    let held = 0;
    const counted = () => Math.max(0, held - this.free);
    return {
      takes: (bytes) => {
        const before = counted();
        held += bytes + besides;
        const more = counted() - before;
        if (more > 0 && this.taken + more > this.most) {
          held -= bytes + besides;
          return false;
        }
        this.taken += more;
        return true;
      },
      leave: () => {
        this.taken -= counted();
        held = 0;
      },
    };
  }
}
