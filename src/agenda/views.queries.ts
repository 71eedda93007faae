import { hash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { Convening, Session } from '../convening/convening.js';
import type { Open } from '../event-store/personal.js';
import { inTurns } from '../event-store/breather.js';
import { Sealing } from '../event-store/sealing.js';
import { agendaInSteps, type Agenda, type AgendaSession, type Reading } from './agenda.js';

/** Of so many sessions it is remembered how they are seen in a way: of a convening, an audience and a zone, with these rooms and tracks. */
const sessionsKept = 20_000;

/**
 * Agendas of the states of a convening. What does not change from one state to another is the same session in both, and is seen once for
 * as long as anybody holds it: so an agenda of another moment costs what is otherwise in it.
 */
@Injectable()
export class AgendaViews {
  readonly #seen = new LRUCache<string, WeakMap<Session, AgendaSession>>({ maxSize: sessionsKept });

  constructor(private readonly sealing: Sealing) {}

  /** Others have their turn while many sessions are seen. The state does not change any more. */
  of(convening: Readonly<Convening>, open: Open, reading: Omit<Reading, 'open' | 'seen'>): Promise<Agenda> {
    const { id, zone, policy, rooms, tracks } = convening;
    // What an agenda's session is made of beside the session itself; names that were read before somebody was forgotten are read no more.
    const way = hash('sha256', JSON.stringify([id, reading.audience, reading.zone ?? zone, zone, policy.names, [...rooms], [...tracks], this.sealing.forgotten]));
    const seen = this.#seen.get(way) ?? new WeakMap<Session, AgendaSession>();
    this.#seen.set(way, seen, { size: 1 + convening.sessions.size });
    return inTurns(agendaInSteps(convening, { ...reading, open, seen }));
  }
}
