import type { Circumstances, Command, Part } from '../deciding/decider.js';
import { Refusal } from '../deciding/refusal.js';
import { told } from '../event-store/personal.js';
import { changed, difference, same, writtenDown, type Writing } from '../deciding/changes.js';
import type { Convening, Session } from './convening.js';
import { inOrder, reordering } from './order.rules.js';
import { theSession } from './programme.rules.js';
import type { SessionDetails, SessionEvent, SessionKind, SessionNotesChanged, SessionPlanned } from './sessions.events.js';
import { isRemovable } from './sessions.rules.js';
import { inLanguages, type Audience, type GivenText } from './texts.js';
import { firstLanguage, linksIn, textIn, type GivenLink } from './wording.rules.js';

/** What is left out stays; null removes. */
export interface GivenSessionChange {
  readonly kind?: SessionKind;
  readonly title?: GivenText;
  readonly subtitle?: GivenText | null;
  readonly abstract?: GivenText | null;
  readonly track?: string | null;
  readonly language?: string | null;
  readonly interpretation?: readonly string[];
  readonly audience?: Audience;
  readonly links?: readonly GivenLink[];
}

/** `notes`: for organisers only. For the public unless it says otherwise. */
export type PlanSession = Command<'PlanSession', GivenSessionChange & { session: string; kind: SessionKind; title: GivenText; notes?: string }>;
/** `notes` null removes them. */
export type ChangeSession = Command<'ChangeSession', { session: string; to?: GivenSessionChange; notes?: string | null }>;
export type CancelSession = Command<'CancelSession', { session: string }>;
export type ReinstateSession = Command<'ReinstateSession', { session: string }>;
export type RemoveSession = Command<'RemoveSession', { session: string }>;
/** `order`: the ids of all sessions. */
export type ReorderSessions = Command<'ReorderSessions', { order: readonly string[] }>;
export type SessionCommand = PlanSession | ChangeSession | CancelSession | ReinstateSession | RemoveSession | ReorderSessions;

const writing: Writing<GivenSessionChange, SessionDetails> = { title: inLanguages, subtitle: textIn, abstract: textIn, links: linksIn };
const nothingSaid: SessionDetails = { kind: 'other', title: {}, interpretation: [], audience: 'public', links: [] };

export const sessions: Part<Convening, SessionCommand, SessionEvent> = {
  decide: {
    PlanSession({ session, notes, ...given }, convening, circumstances) {
      const details = changed(nothingSaid, writtenDown(given, writing, firstLanguage(convening)));
      mayBelongTo(details.track, session, convening);
      const held = convening.sessions.get(session);
      if (!held) return [planned(session, details, notes, circumstances)];
      if (same(held.details, details) && notesChange(held, notes ?? null, circumstances) === undefined) return [];
      throw new Refusal('session-exists', { session });
    },
    ChangeSession({ session, to = {}, notes }, convening, circumstances) {
      const held = theSession(convening, session);
      const change = difference(held.details, writtenDown(to, writing, firstLanguage(convening)));
      mayBelongTo(change?.to.track, session, convening);
      const noted = notes === undefined ? undefined : notesChange(held, notes, circumstances);
      return [...(change ? [{ type: 'SessionDetailsChanged', data: { session, ...change } } as const] : []), ...(noted ? [noted] : [])];
    },
    CancelSession: ({ session }, convening) => (theSession(convening, session).cancelled ? [] : [{ type: 'SessionCancelled', data: { session } }]),
    ReinstateSession: ({ session }, convening) => (theSession(convening, session).cancelled ? [{ type: 'SessionReinstated', data: { session } }] : []),
    RemoveSession({ session }, convening) {
      const held = theSession(convening, session);
      if (!isRemovable(held)) throw new Refusal('session-not-removable', { session });
      return [{ type: 'SessionRemoved', data: { session, title: held.details.title } }];
    },
    ReorderSessions({ order }, convening) {
      const data = reordering(convening.sessions.keys(), order);
      return data ? [{ type: 'SessionsReordered', data }] : [];
    },
  },
  evolve: {
    SessionPlanned({ sessions: held }, { session, notes, ...details }, { revision }) {
      const begun: Session = { id: session, details, items: [], appearances: new Map(), cancelled: false, published: false, revision };
      if (notes) begun.notes = notes;
      held.set(session, begun);
    },
    SessionDetailsChanged({ sessions: held }, { session, to }) {
      const of = held.get(session)!;
      of.details = changed(of.details, to);
    },
    SessionNotesChanged({ sessions: held }, { session, to }) {
      const of = held.get(session)!;
      if (to) of.notes = to;
      else delete of.notes;
    },
    SessionCancelled: ({ sessions: held }, { session }) => void (held.get(session)!.cancelled = true),
    SessionReinstated: ({ sessions: held }, { session }) => void (held.get(session)!.cancelled = false),
    SessionRemoved: ({ sessions: held }, { session }) => void held.delete(session),
    SessionsReordered: (convening, { to }) => void (convening.sessions = inOrder(convening.sessions, to)),
  },
};

/** @throws Refusal session-in-unknown-track */
const mayBelongTo = (track: string | null | undefined, session: string, { tracks }: Readonly<Convening>) => {
  if (typeof track === 'string' && !tracks.has(track)) throw new Refusal('session-in-unknown-track', { session, track });
};

const planned = (session: string, details: SessionDetails, notes: string | undefined, { actor }: Circumstances): SessionPlanned => ({
  type: 'SessionPlanned',
  data: notes === undefined ? { session, ...details } : { session, ...details, notes: told(actor, notes) },
});

/** The notes are compared as they read; they belong to who writes them. */
const notesChange = (held: Session, notes: string | null, { actor, open }: Circumstances): SessionNotesChanged | undefined => {
  const from = held.notes;
  if ((from ? open(from) : null) === notes) return undefined;
  return {
    type: 'SessionNotesChanged',
    data: { session: held.id, ...(from ? { from } : {}), ...(notes === null ? {} : { to: told(actor, notes) }) },
  };
};
