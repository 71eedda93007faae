import type { Codec } from '../event-store/codec.js';
import type { EventStore } from '../event-store/event-store.js';
import type { ConveningEvent } from './convening.events.js';

/** The read model of convenings on this node, in files of this folder (`<data>/read`). Also the injection token. */
export class ConveningReadModel {
  constructor(readonly given: { readonly store: EventStore; readonly folder: string; readonly codec: Codec<ConveningEvent> }) {}

  /** Resolves when it follows the log; reads are answered as soon as there is something to serve. */
  async start(): Promise<void> {}

  async stop(): Promise<void> {}
}
