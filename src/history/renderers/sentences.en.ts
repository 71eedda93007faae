import type { Role } from '../../convening/appearances.events.js';
import { stopAfter, takenBack, type FieldChange, type Saying, type Sentences } from './saying.js';

const roles: Readonly<Record<Role, string>> = {
  moderator: 'moderator', chair: 'chair', speaker: 'speaker', panellist: 'panellist', discussant: 'discussant', rapporteur: 'rapporteur', officiant: 'officiant',
  interpreter: 'interpreter', facilitator: 'facilitator',
};
const ways: Readonly<Record<string, string>> = {
  email: 'by e-mail', letter: 'by letter', telephone: 'by telephone', message: 'by message', 'in-person': 'in person', form: 'by form', other: 'in another way',
};
const standings: Readonly<Record<string, string>> = {
  pending: 'to be approved', waiting: 'on the waiting list', offered: 'with an offer', seated: 'with a seat', 'no-show': 'as a no-show', refused: 'refused', withdrawn: 'withdrawn',
  lapsed: 'lapsed', substituted: 'substituted',
};
const rules: Readonly<Record<string, string>> = {
  'room-taken': 'a room is taken', 'person-in-two-places': 'a person is in two places', 'person-unavailable': 'a person is not available', 'outside-days': 'it is outside the convening’s days',
  'no-time-to-change': 'there is no time to change rooms', 'room-too-small': 'the room is too small', 'no-moderator': 'nobody moderates', 'not-confirmed': 'somebody has not confirmed',
  'no-slot': 'it has no slot', 'no-room': 'it has no room', 'items-too-long': 'its items take too long', 'no-break': 'there is no break',
};
const severities: Readonly<Record<string, string>> = { block: 'refused', hold: 'publication held', warn: 'warned of', off: 'not looked for' };
const readers: Readonly<Record<string, string>> = { public: 'the public', participants: 'participants', internal: 'organisers' };

const listed = (all: readonly string[]) => (all.length > 1 ? `${all.slice(0, -1).join(', ')} and ${all.at(-1)}` : all.join(''));
const change = ({ field, from, to }: FieldChange) => (from === undefined || to === undefined ? field : `${field} from ${from} to ${to}`);
const changes = (all: readonly FieldChange[]) => all.map(change).join('; ');
const as = ({ role, session }: Saying) => `as ${roles[role]} in ${session}`;
const by = (way: string | undefined) => (way === undefined ? '' : ` ${ways[way] ?? ''}`);
const ofConflict = (conflict: string) => rules[conflict.split(':')[0] ?? ''] ?? conflict;
const inSessions = ({ sessions }: Saying) => (sessions.length > 0 ? ` (${listed(sessions)})` : '');
/** Long lists are told by their first. */
const someOf = (revisions: readonly number[]) => (revisions.length > 10 ? `${revisions.slice(0, 9).join(', ')} and ${revisions.length - 9} others` : listed(revisions.map(String)));
const everybody = (ids: readonly string[], { registration }: Saying) => (ids.length > 5 ? `${ids.slice(0, 4).map(registration).join(', ')} and ${ids.length - 4} others` : listed(ids.map(registration)));
/** A sentence in a sentence. */
const inQuotes = (sentence: string) => `“${sentence.replaceAll('“', '‘').replaceAll('”', '’')}”`;
const seats = (capacity: number | undefined) => (capacity === undefined ? '' : ` of ${capacity === 1 ? 'one seat' : `${capacity} seats`}`);
const attendance = ({ participants, countries }: { readonly participants?: number; readonly countries?: number }, { words }: Saying) => {
  const figures = words.attendance(participants, countries);
  return figures === '' ? '' : `: ${figures}`;
};

/** The history in English. */
export const english: Sentences = {
  language: 'en',
  tell: {
    ConveningPlanned: ({ title, start, end }, { text, words }) => `${text(title)} was planned for ${words.dates(start, end)}`,
    ProgrammeCarriedOver: ({ origin: { convening, version } }) => `The programme was carried over from ${convening}${version === undefined ? '' : `, as published in “${version}”`}`,
    ConveningDetailsChanged: ({ from, to }, say) => `What the convening says of itself changed: ${changes(say.changes(from, to))}`,
    ConveningDatesChanged: ({ from, to }, { words }) => `The convening moved from ${words.dates(from.start, from.end)} to ${words.dates(to.start, to.end)}`,
    ConveningZoneChanged: ({ from, to }) => `The convening’s time zone changed from ${from} to ${to}`,
    PolicyChanged: ({ from, to }, say) => `The policy changed: ${changes(say.changes(from, to))}`,
    RoomAdded: ({ name, capacity }, { text }) => `${text(name)} was added as a room${seats(capacity)}`,
    RoomChanged: ({ room, from, to }, say) => `${say.room(room)} changed: ${changes(say.changes(from, to))}`,
    RoomRemoved: ({ from }, { text }) => `${text(from.name)} was removed from the rooms`,
    RoomsReordered: () => 'The rooms were put in another order',
    TrackAdded: ({ name }, { text }) => `${text(name)} was added as a track`,
    TrackChanged: ({ track, from, to }, say) => `The track ${say.track(track)} changed: ${changes(say.changes(from, to))}`,
    TrackRemoved: ({ from }, { text }) => `${text(from.name)} was removed from the tracks`,
    TracksReordered: () => 'The tracks were put in another order',
    SessionPlanned: ({ kind }, { session, words }) => `${session} was planned${words.kinds[kind] ? ` (${words.kinds[kind].toLowerCase()})` : ''}`,
    SessionDetailsChanged: ({ from, to }, say) => `${say.session} changed: ${changes(say.changes(from, to))}`,
    SessionNotesChanged: ({ from, to }, { session }) => `The notes on ${session} were ${!from ? 'written' : to ? 'changed' : 'removed'}`,
    SessionCancelled: (_, { session }) => `${session} was cancelled`,
    SessionReinstated: (_, { session }) => `${session} takes place after all`,
    SessionRemoved: ({ title }, { text }) => `${text(title)} was removed from the programme`,
    SessionsReordered: () => 'The sessions were put in another order',
    SessionScheduled: ({ slot }, say) => `${say.session} was scheduled: ${say.slot(slot)}`,
    SessionMoved: ({ from, to }, { session, slot, clock }) =>
      from.start === to.start && from.room === to.room ? `${session} (${slot(to)}) now ends at ${clock(to.end)}, not ${clock(from.end)}` : `${session} moved from ${slot(from)}, to ${slot(to)}`,
    SessionUnscheduled: ({ from }, say) => `${say.session} lost its slot: ${say.slot(from)}`,
    ReconfirmationAsked: ({ to }, { who, session, slot }) => `${who} is to confirm again, for ${session}: ${slot(to)}`,
    ItemAdded: ({ item }, say) => `${say.item(item)} was added to the running order of ${say.session}`,
    ItemChanged: ({ from, to }, say) => `${say.item(from)} in the running order of ${say.session} changed: ${changes(say.changes(from, to))}`,
    ItemRemoved: ({ from }, say) => `${say.item(from)} was taken out of the running order of ${say.session}`,
    ItemsReordered: (_, { session }) => `The running order of ${session} was put in another order`,
    AppearanceProposed: ({ replaces }, say) => `${say.who} was proposed ${as(say)}${replaces === undefined ? '' : `, in place of ${say.seat(replaces)}`}`,
    AppearanceNamed: ({ credit, office }, say) => `${say.name(credit)} was named ${as(say)}${office ? `, for ${say.office(office)}` : ''}`,
    CreditChanged: ({ from, to }, say) => `What is printed of ${say.name(to)} ${as(say)} changed: ${changes(say.changesOfCredit(from, to))}`,
    OfficeChanged: ({ from, to }, say) => `What is printed of an unnamed seat ${as(say)} changed: ${changes(say.changes(from, to))}`,
    RoleChanged: ({ from, to }, { who, session }) => `${who} is ${roles[to]}, no longer ${roles[from]}, in ${session}`,
    RepresentationChanged: ({ to }, { who, session, text }) => (to ? `${who} represents ${text(to)} in ${session}` : `${who} represents nobody in particular in ${session}`),
    AppearanceInvited: ({ way, answerBy }, say) => `${say.who} was invited ${as(say)}${by(way)}${answerBy === undefined ? '' : `, to answer by ${say.moment(answerBy)}`}`,
    AppearanceConfirmed: ({ way, slot }, say) => `${say.who} confirmed${by(way)} ${as(say)}${slot ? `: ${say.slot(slot)}` : ''}`,
    AppearanceTentativelyConfirmed: ({ way, slot }, say) => `${say.who} tentatively confirmed${by(way)} ${as(say)}${slot ? `: ${say.slot(slot)}` : ''}`,
    AppearanceDeclined: ({ way }, say) => `${say.who} declined${by(way)} to appear ${as(say)}`,
    AppearanceWithdrawn: ({ way }, say) => `${say.who} withdrew${by(way)} ${as(say)}`,
    AppearanceCancelled: (_, say) => `The appearance of ${say.who} ${as(say)} was cancelled`,
    AppearanceReplaced: ({ with: next }, say) => `${say.seat(next)} took the place of ${say.who} ${as(say)}`,
    AttendanceRecorded: ({ to }, say) => (to === 'appeared' ? `${say.who} appeared ${as(say)}` : `${say.who} was absent ${as(say)}`),
    AppearanceRemoved: (_, say) => `${say.who} was removed ${as(say)}`,
    AppearancesReordered: (_, { session }) => `The people of ${session} were put in another order`,
    AvailabilityStated: ({ person, to }, say) =>
      to.length === 0 ? `${say.person(person)} can take part at any time` : `${say.person(person)} cannot take part ${listed(to.map(({ start, end }) => `from ${say.clock(start)} to ${say.clock(end)}`))}`,
    ConflictAccepted: ({ conflict, circumstance }, say) => `A conflict was accepted${circumstance ? '' : ' beforehand'}: ${ofConflict(conflict)}${inSessions(say)}`,
    AcceptedConflictArose: ({ conflict }, say) => `A conflict accepted beforehand came about: ${ofConflict(conflict)}${inSessions(say)}`,
    ConflictAcceptanceWithdrawn: ({ conflict }, say) => `A conflict is no longer accepted: ${ofConflict(conflict)}${inSessions(say)}`,
    AgendaPublished: ({ number, label, audience }) => `Version ${number}, “${label}”, was published for ${readers[audience]}`,
    PublicationWithdrawn: ({ number, label }) => `Version ${number}, “${label}”, was withdrawn`,
    ProgrammePartSet: ({ part, of }) => `Part ${part} of ${of} of the programme was set`,
    ChangesTakenBack({ revisions }, say) {
      const { told, others } = takenBack(revisions, say);
      const rest = others.length === 0 ? [] : [`what happened in ${others.length > 1 ? 'revisions' : 'revision'} ${someOf(others)}`];
      return `Taken back: ${listed([...told.map(([sentence, revision]) => `${inQuotes(sentence)} (revision ${revision})`), ...rest])}`;
    },
    ConveningConcluded: (data, say) => `The convening was concluded${attendance(data.attendance, say)}`,
    ReportedAttendanceCorrected: ({ from, to }, say) => `The reported attendance was corrected: ${changes(say.changes(from, to))}`,
    ConveningCancelled: () => 'The convening was cancelled',

    RegistrationPrepared: () => 'Registration was prepared',
    RegistrationTermsChanged: ({ from, to }, say) => `The terms of registration changed: ${changes(say.changes(from, to))}`,
    FormChanged: ({ to }) => `The registration form changed: it has ${to.length === 1 ? 'one field' : `${to.length} fields`}`,
    CategoryAdded: ({ name, capacity }, { text }) => `${text(name)} was added as a category${seats(capacity)}`,
    CategoryChanged: ({ category, from, to }, say) => `The category ${say.category(category)} changed: ${changes(say.changes(from, to))}`,
    CategoryClosed: ({ category, into }, say) => `The category ${say.category(category)} was closed${into === undefined ? '' : `; who stood in it is of ${say.category(into)}`}`,
    PersonRegistered: ({ registration, category, standing }, say) => `${say.registration(registration)} was registered as ${say.category(category)}, ${standings[standing]}`,
    FormRepeated: ({ registration }, say) => `Another form came with the address of ${say.registration(registration)}`,
    RegistrationApproved: ({ registration, standing }, say) => `The registration of ${say.registration(registration)} was approved, ${standings[standing]}`,
    RegistrationRefused: ({ registration }, say) => `The registration of ${say.registration(registration)} was refused`,
    RegistrationWithdrawn: ({ registration, from }, say) => `${say.registration(registration)}, ${standings[from]}, withdrew`,
    RegistrationSubstituted: ({ registration, with: next }, say) => `${say.registration(next)} comes in place of ${say.registration(registration)}`,
    RegistrationRecategorised: ({ registration, from, to }, say) => `${say.registration(registration)} is registered as ${say.category(to)} instead of ${say.category(from)}`,
    SeatsGiven: ({ registrations }, say) => `Seats that became free were given to ${everybody(registrations, say)}`,
    SeatsOffered: ({ registrations, until }, say) => `Seats that became free are kept until ${say.moment(until)} for ${everybody(registrations, say)}`,
    OfferAccepted: ({ registration }, say) => `${say.registration(registration)} took up the seat that was kept`,
    OffersLapsed: ({ registrations }, say) => `Seats that were kept were not taken up by ${everybody(registrations, say)}`,
    CheckedIn: ({ registration, day }, say) => `${say.registration(registration)} was checked in on ${say.words.date(day)}`,
    CheckInUndone: ({ registration, day }, say) => `The check-in of ${say.registration(registration)} on ${say.words.date(day)} was undone`,
    NoShowRecorded: ({ registration }, say) => `${say.registration(registration)} did not come`,
    NoShowUndone: ({ registration }, say) => `${say.registration(registration)} came after all`,
    SessionCapacityChanged: ({ from, to }, { session }) => `The seats of ${session} changed from ${from ?? 'any number'} to ${to ?? 'any number'}`,
    SessionSeatAsked: ({ registration, standing }, say) => `${say.registration(registration)} signed up for ${say.session}, ${standings[standing]}`,
    SessionSeatLeft: ({ registration }, say) => `${say.registration(registration)} gave up the place in ${say.session}`,
    SessionSeatsGiven: ({ registrations }, say) => `Seats in ${say.session} that became free were given to ${everybody(registrations, say)}`,
  },
  by: (sentence, actor, reason) => `${sentence}, by ${actor}${reason === undefined ? '.' : `, because “${reason}”${stopAfter(reason)}`}`,
  moment: (date, time) => `${date} ${time}`,
  fields: {
    title: 'title', subtitle: 'subtitle', description: 'description', languages: 'languages', venue: 'venue', capacity: 'seats', organisers: 'organisers', links: 'links', name: 'name', colour: 'colour',
    kind: 'kind', abstract: 'abstract', track: 'track', language: 'language', interpretation: 'interpretation', audience: 'audience', minutes: 'minutes', appearance: 'whose step it is', honorific: 'honorific',
    sortName: 'name for sorting', position: 'position', organisation: 'organisation', country: 'country', label: 'label', participants: 'participants', countries: 'countries', source: 'source',
    reconfirm: 'when to confirm again', names: 'whose names are shown', publish: 'when to publish', reasonRequired: 'reasons demanded', minutesToChange: 'minutes to change rooms', minutesWithoutBreak: 'minutes without a break',
    opens: 'opening', closes: 'closing', hoursToAccept: 'hours to take up a seat', placesTold: 'how places left are told', approval: 'approval', city: 'city', address: 'address',
    start: 'start', end: 'end', zone: 'time zone', policy: 'policy', conflicts: 'conflicts', origin: 'begun from', convening: 'convening', revision: 'revision', version: 'version', unscheduled: 'without a time', order: 'order',
    notes: 'notes', slot: 'slot', room: 'room', item: 'step', id: 'id', role: 'role', person: 'person', credit: 'what is printed', state: 'state', office: 'office', represents: 'represents', way: 'way', answerBy: 'answer hoped for by',
    note: 'note', replaces: 'in place of', with: 'in whose place', unavailable: 'not available', circumstance: 'circumstances', slots: 'slots', people: 'people', number: 'number', cancelled: 'cancelled', revisions: 'revisions', attendance: 'attendance', part: 'part', of: 'of',
    form: 'form', required: 'required', choices: 'choices', code: 'code', standing: 'standing', entry: 'what was filled in', given: 'given name', family: 'family name', answers: 'answers', repeat: 'form repeated', until: 'until', category: 'category', day: 'day',
    into: 'moved into', confirmedFor: 'confirmed for', shortName: 'short name', url: 'address', contact: 'contact', email: 'e-mail', telephone: 'telephone', ...Object.fromEntries(Object.entries(rules).map(([rule, text]) => [rule, `“${text}”`])),
  },
  values: {
    role: roles, way: ways, standing: standings, audience: readers, ...Object.fromEntries(Object.keys(rules).map((rule) => [rule, severities])),
    kind: { government: 'government', un: 'United Nations', igo: 'intergovernmental organisation', nhri: 'national human rights institution', ngo: 'non-governmental organisation', academia: 'academia', private: 'private sector', media: 'media', text: 'text', choice: 'choice', date: 'date', consent: 'consent' },
    reconfirm: { never: 'never', time: 'when the hours change', 'time-or-room': 'when the hours or the room change' }, names: { confirmed: 'of who confirmed', 'confirmed-and-tentative': 'of who confirmed or is likely to come' },
    publish: { 'on-request': 'on request', 'at-once': 'each change at once' }, placesTold: { number: 'how many', whether: 'whether there are any', nothing: 'not at all' }, approval: { automatic: 'by itself', 'by-hand': 'by hand' },
  },
  operator: 'the operator',
  formerOperator: (id) => `an earlier operator (${id})`,
  itself: 'Baraza itself',
  themself: 'themself',
  nobodyNamed: 'Somebody not named yet',
  withheld: '(name withheld)',
  none: 'none',
  yes: 'yes',
  no: 'no',
  page: {
    title: 'History', skip: 'Skip to what changed', moment: 'Moment', show: 'Show', timeline: 'Timeline', 
    timelineHelp: { day: 'Choose a day: the page shows the agenda as it stood at its end.', quarter: 'Choose a time: the page shows the agenda as it stood then.' },
    marks: { day: 'Publications and busy days', quarter: 'Publications and busy times' }, latest: 'Now',
    published: (label, moment) => `Published “${label}”, ${moment}`, busy: (time, changes) => `${time} (${changes === 1 ? 'one change' : `${changes} changes`})`, changed: 'Changed', sincePublished: (label, moment) => `What changed since “${label}” was published, ${moment}`, sinceTime: (time) => `What changed after ${time}`, sinceBeginning: 'What changed since the beginning',
    moreHappened: 'More has happened since.', showNow: 'Show it as it is now', nothingChanged: 'Nothing changed in between.', agendaThen: 'The agenda as it stood', asItStood: (date, time, revision) => `As of ${date}, ${time} (revision ${revision})`, link: 'Link to this moment',
    linkHelp: 'Whoever has the token can open it and sees exactly this.', history: 'All that happened, the latest first', filters: 'Find', search: 'Words', session: 'Session', person: 'Person', room: 'Room', actor: 'By', type: 'Kind of fact',
    from: 'From', to: 'Until', any: 'any', apply: 'Find', clear: 'Show all', noFacts: 'Nothing was found.', older: 'Older', newer: 'Newer', pages: 'Pages', before: 'Before', after: 'After', details: 'Before and after', because: 'because',
    partOf: 'one change', more: 'The rest of this change', revision: 'Revision', thenLink: 'the agenda then', token: 'Token', signIn: 'Open', signInTitle: 'The history is for organisers',
    signInHelp: 'Enter the operator’s token. For twelve hours this browser then reads the history and the draft of the agenda, and changes nothing.', wrongToken: 'That is not the token.', signOut: 'Close the history on this browser', file: 'As a table (CSV)',
  },
};
