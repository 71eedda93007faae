import { countries, languages } from './names.en.js';
import { partsOf, type Words } from './words.js';

const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

const dayAndMonth = (date: string) => `${partsOf(date).day} ${months[partsOf(date).month]}`;
const date = (day: string) => `${dayAndMonth(day)} ${partsOf(day).year}`;
const count = (many: number, one: string, more: string) => `${many} ${many === 1 ? one : more}`;

export const english: Words = {
  language: 'en',
  kinds: {
    opening: 'Opening', keynote: 'Keynote', panel: 'Panel', talk: 'Talk', 'working-group': 'Working group', workshop: 'Workshop', plenary: 'Plenary',
    'side-event': 'Side event', ceremony: 'Ceremony', performance: 'Performance', social: 'Social event', break: 'Break', closing: 'Closing', other: '',
  },
  roles: {
    moderator: ['Moderator', 'Moderators'], chair: ['Chair', 'Chairs'], speaker: ['Speaker', 'Speakers'], panellist: ['Panellist', 'Panellists'],
    discussant: ['Discussant', 'Discussants'], rapporteur: ['Rapporteur', 'Rapporteurs'], officiant: ['Officiated by', 'Officiated by'],
    interpreter: ['Interpreter', 'Interpreters'], facilitator: ['Facilitator', 'Facilitators'],
  },
  states: {
    proposed: 'proposed', invited: 'invited', confirmed: 'confirmed', tentative: 'tentative', declined: 'declined', withdrawn: 'withdrawn',
    cancelled: 'cancelled', replaced: 'replaced', appeared: 'appeared', absent: 'absent',
  },
  audiences: { participants: 'For participants', internal: 'For organisers' },
  organising: { organiser: '', 'co-organiser': '', host: 'host', sponsor: 'sponsor', partner: 'partner' },
  countries,
  languages,
  skip: 'Skip to the programme',
  days: 'Days',
  agenda: 'Agenda',
  where: 'Venue',
  organisedBy: 'Organised by',
  spoken: 'Languages',
  tracks: 'Tracks',
  documents: 'Documents',
  notes: 'Notes for organisers',
  unscheduled: 'Time to be announced',
  nothingYet: 'Nothing is scheduled on this day yet.',
  cancelled: 'Cancelled',
  conveningCancelled: 'This meeting has been cancelled.',
  concluded: 'This meeting is over.',
  draft: 'Working draft',
  mayChange: 'Not published. Everything in it may change.',
  toBeConfirmed: 'to be confirmed',
  toBeReconfirmed: 'to be reconfirmed',
  nameWithheld: 'name withheld',
  notesWithheld: 'withheld',
  roomOpen: 'room to be announced',
  colon: ':',
  quoted: (text) => `“${text}”`,
  several: (times, text) => `${text} (${times})`,
  representing: (text) => `representing ${text}`,
  inLanguage: (language) => `In ${language}`,
  interpretedInto: (into) => `Interpretation into ${into.length > 1 ? `${into.slice(0, -1).join(', ')} and ${into.at(-1)}` : into.join('')}`,
  minutes: (minutes) => `${minutes} min`,
  attendance: (participants, countriesPresent) =>
    [
      ...(participants === undefined ? [] : [count(participants, 'participant', 'participants')]),
      ...(countriesPresent === undefined ? [] : [`from ${count(countriesPresent, 'country', 'countries')}`]),
    ].join(' '),
  according: (source) => `Source: ${source}`,
  version: (label) => `Version ${label}`,
  published: (day, time) => `Published on ${day} at ${time}`,
  changed: 'This agenda has changed.',
  showCurrent: 'Show it as it is now',
  proof: 'Proof',
  asOf: (day, time) => `As of ${day}, ${time}`,
  timesIn: (zone, offset) => `All times are those of ${zone} (${offset}).`,
  difference: {
    heading: 'What has changed',
    before: 'Before',
    after: 'After',
    none: 'Nothing is different.',
    summary: 'In short',
    kinds: {
      new: 'New', cancelled: 'Cancelled', reinstated: 'Takes place after all', removed: 'Removed', scheduled: 'Given its time', unscheduled: 'No longer has a time',
      time: 'Another time', room: 'Another room', title: 'Another title', people: 'People', other: 'Other details',
    },
    parts: { added: 'added', removed: 'removed', changed: 'changed' },
    fields: {
      title: 'Title', subtitle: 'Subtitle', description: 'Description', abstract: 'Abstract', kind: 'Kind', track: 'Track', language: 'Language', languages: 'Languages',
      interpretation: 'Interpretation', audience: 'Readers', notes: 'Notes', links: 'Documents', cancelled: 'Cancelled', 'slot.start': 'Start', 'slot.end': 'End', 'slot.room': 'Room',
      start: 'First day', end: 'Last day', zone: 'Time zone', capacity: 'Capacity', organisers: 'Organised by', phase: 'State of the meeting', name: 'Name', colour: 'Colour',
      'venue.name': 'Venue', 'venue.address': 'Address', 'venue.city': 'City', 'venue.country': 'Country', 'attendance.participants': 'Participants', 'attendance.countries': 'Countries',
      'attendance.source': 'Source', minutes: 'Minutes', appearance: 'By', role: 'Role', state: 'State', person: 'Person', represents: 'Represents', toBeReconfirmed: 'To be reconfirmed',
      'credit.honorific': 'Honorific', 'credit.name': 'Name', 'credit.sortName': 'Sorted as', 'credit.position': 'Position', 'credit.organisation': 'Organisation', 'credit.kind': 'Kind',
      'credit.country': 'Country', 'credit.label': 'Printed as', 'credit.withheld': 'Name withheld', 'office.position': 'Position', 'office.organisation': 'Organisation', 'office.kind': 'Kind',
      'office.country': 'Country', 'office.label': 'Printed as',
    },
    meeting: 'The meeting', rooms: 'Rooms', sessions: 'Sessions', items: 'Running order', people: 'People', order: 'Order', yes: 'yes', no: 'no', empty: 'nothing',
    revision: (revision) => `revision ${revision}`,
    counted: (sessions) => count(sessions, 'session', 'sessions'),
  },
  day: (day) => `${weekdays[partsOf(day).weekday]}, ${date(day)}`,
  shortDay: (day) => `${weekdays[partsOf(day).weekday]!.slice(0, 3)} ${partsOf(day).day} ${months[partsOf(day).month]!.slice(0, 3)}`,
  date,
  dayAndMonth,
  dates: (start, end) => {
    const [first, last] = [partsOf(start), partsOf(end)];
    if (start === end) return date(start);
    if (first.year !== last.year) return `${date(start)} – ${date(end)}`;
    return first.month === last.month ? `${first.day}–${date(end)}` : `${dayAndMonth(start)} – ${date(end)}`;
  },
};
