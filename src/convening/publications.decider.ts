import type { Command, Part } from '../deciding/decider.js';
import { Refusal } from '../deciding/refusal.js';
import { same } from '../deciding/changes.js';
import type { Convening } from './convening.js';
import type { AgendaPublished, PublicationEvent } from './publications.events.js';
import { holdingInSteps, isSeatShown, isShown } from './publications.rules.js';
import { inLanguages, type Audience, type GivenText } from './texts.js';
import { drained } from '../event-store/steps.js';
import { firstLanguage } from './wording.rules.js';

/** `label`: unique for ever. For the public unless it says otherwise. */
export type PublishAgenda = Command<'PublishAgenda', { label: string; audience?: Audience; note?: GivenText }>;
/** Needs a reason. */
export type WithdrawPublication = Command<'WithdrawPublication', { number: number }>;
export type PublicationCommand = PublishAgenda | WithdrawPublication;

/** Publishes unless conflicts hold it, which are looked for in steps. @throws Refusal */
export function* publishing({ label, audience = 'public', note }: PublishAgenda['data'], convening: Readonly<Convening>): Generator<undefined, readonly PublicationEvent[]> {
  const said = note === undefined ? {} : { note: inLanguages(note, firstLanguage(convening)) };
  const data: AgendaPublished['data'] = { number: convening.publications.length + 1, label, audience, ...said };
  const namesake = convening.publications.find((publication) => publication.label === label);
  if (namesake) {
    const { number, revision, withdrawn } = namesake;
    const isSo = !withdrawn && revision === convening.revision && namesake.audience === audience && same(namesake.note, data.note);
    if (isSo) return [];
    throw new Refusal('label-used', { label, number });
  }
  if (convening.unfinished) throw new Refusal('programme-unfinished', convening.unfinished);
  const conflicts = yield* holdingInSteps(convening);
  if (conflicts.length > 0) throw new Refusal('publication-held', { conflicts });
  return [{ type: 'AgendaPublished', data }];
}

export const publications: Part<Convening, PublicationCommand, PublicationEvent> = {
  decide: {
    PublishAgenda: (data, convening) => drained(publishing(data, convening)),
    WithdrawPublication({ number }, { publications: held }, { reason }) {
      const publication = held.find((each) => each.number === number);
      if (!publication) throw new Refusal('unknown-publication', { number });
      if (publication.withdrawn) return [];
      if (!reason) throw new Refusal('reason-required');
      return [{ type: 'PublicationWithdrawn', data: { number, label: publication.label } }];
    },
  },
  evolve: {
    AgendaPublished(convening, published, { revision, at }) {
      convening.publications = [...convening.publications, { ...published, revision, at, withdrawn: false }];
      markShown(convening, published.audience);
    },
    PublicationWithdrawn(convening, { number }) {
      convening.publications = convening.publications.map((each) => (each.number === number ? { ...each, withdrawn: true } : each));
    },
  },
};

/** What was shown once is never removed, only cancelled. */
const markShown = ({ sessions }: Convening, audience: Audience) => {
  for (const session of sessions.values()) {
    if (!isShown(session, audience)) continue;
    session.published = true;
    for (const appearance of session.appearances.values()) if (isSeatShown(appearance, audience)) appearance.published = true;
  }
};
