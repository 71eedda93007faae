import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { Codec } from '../event-store/codec.js';
import { EventStore, StoreUnavailable, type StoredFact } from '../event-store/event-store.js';
import { Sealing } from '../event-store/sealing.js';
import { openDatabase } from '../event-store/sqlite/database.js';
import { breather } from '../event-store/breather.js';
import type { Moment } from '../projecting/kept-states.js';
import { isTrouble } from '../projecting/read-database.js';
import { ReadFailure } from '../projecting/read-failure.js';
import { RowsReader } from '../projecting/rows-reader.js';
import type { RegistrationEvent } from './registration.events.js';
import { RegistrationProjector } from './registration.projection.js';
import { RegistrationRows } from './rows.projection.js';
import { tables } from './tables.projection.js';

/** Rows of the past are kept in memory up to so many registrations; the least recently used goes first. */
const rowsKept = 120_000;
/** They are written after so many facts, so that what is applied and not written stays small. */
const writtenAfter = 2_000;

/** Registrations as they were: the same rows, made in memory by the same projector of the stream up to then. */
@Injectable()
export class PastRegistrations {
  readonly #kept = new LRUCache<string, RegistrationRows>({ maxSize: rowsKept });
  readonly #making = new Map<string, Promise<RegistrationRows | undefined>>();

  constructor(private readonly store: EventStore, private readonly codec: Codec<RegistrationEvent>, private readonly sealing: Sealing) {}

  /** After the fact of this revision, or the last one recorded until this instant; undefined: there was none yet. @throws ReadFailure read-model-stopped; StoreUnavailable */
  async at(stream: string, moment: Moment): Promise<RegistrationRows | undefined> {
    const name = `${'revision' in moment ? moment.revision : moment.instant} ${stream}`;
    const known = this.#kept.get(name);
    if (known) return known;
    let making = this.#making.get(name);
    if (!making) {
      making = this.#make(stream, moment, name).finally(() => this.#making.delete(name));
      this.#making.set(name, making);
    }
    return making;
  }

  async #make(stream: string, moment: Moment, name: string): Promise<RegistrationRows | undefined> {
    const database = openDatabase(':memory:');
    database.exec(tables);
    const projector = new RegistrationProjector(database, this.sealing);
    const breathe = breather();
    let since = 0;
    reading: for await (const page of this.store.readStream(stream, 'revision' in moment ? { to: moment.revision } : {})) {
      await projector.prepare(page);
      for (const [index, fact] of page.entries()) {
        if (index % 16 === 15) await breathe();
        if ('instant' in moment && this.#at(fact) > moment.instant) break reading;
        this.#apply(projector, fact);
        since += 1;
      }
      if (since < writtenAfter) continue;
      await projector.write(stream);
      since = 0;
    }
    await projector.write(stream);
    const rows = new RegistrationRows(new RowsReader(database));
    const found = rows.stream(stream);
    if (!found) return undefined;
    this.#kept.set(name, rows, { size: Math.min(1 + rows.last(found.number), rowsKept) });
    return rows;
  }

  #at(fact: StoredFact): string {
    try {
      return this.codec.event(fact).recorded.at;
    } catch (error) {
      throw stopped(fact, error);
    }
  }

  #apply(projector: RegistrationProjector, fact: StoredFact): void {
    try {
      projector.apply(fact);
    } catch (error) {
      throw error instanceof StoreUnavailable || isTrouble(error) ? error : stopped(fact, error);
    }
  }
}

const stopped = ({ revision, position, type }: StoredFact, error: unknown) => new ReadFailure('read-model-stopped', { revision, position: String(position), type, why: String(error) });
