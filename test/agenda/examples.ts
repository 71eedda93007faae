import type { Credit, Role } from '../../src/convening/appearances.events.js';
import type { ConveningEvent } from '../../src/convening/convening.events.js';
import type { Details } from '../../src/convening/details.events.js';
import { defaultPolicy } from '../../src/convening/policy.events.js';
import type { SessionDetails, SessionKind } from '../../src/convening/sessions.events.js';
import type { Text } from '../../src/convening/texts.js';
import { told } from '../../src/event-store/personal.js';
import { organiser } from '../given.js';

// Convenings whose pages are looked at: one like Arusha’s, and one with parallel tracks in three languages. Hours and rooms are invented.

let people = 0;
const newPerson = () => `4c1f8f3e-20d1-4f1b-8a55-${(people += 1).toString(16).padStart(12, '0')}`;

const convening = (id: string, zone: string, [start, end]: [string, string], details: Partial<Details> & Pick<Details, 'title' | 'languages'>): ConveningEvent => ({
  type: 'ConveningPlanned', data: { convening: id, start, end, zone, organisers: [], links: [], policy: defaultPolicy, ...details },
});

const session = (id: string, kind: SessionKind, title: Text, more: Partial<SessionDetails> = {}): ConveningEvent => ({
  type: 'SessionPlanned', data: { session: id, kind, title, interpretation: [], audience: 'public', links: [], ...more },
});

const slot = (id: string, room: string | null, start: string, end: string): ConveningEvent => ({
  type: 'SessionScheduled', data: { session: id, slot: { ...(room === null ? {} : { room }), start, end } },
});

/** A seat and what became of it. */
const seat = (session: string, appearance: string, role: Role, credit: Credit, state: 'proposed' | 'confirmed' | 'tentative' | 'declined' = 'confirmed'): ConveningEvent[] => {
  const person = newPerson();
  const said = { session, appearance, by: organiser };
  const proposal: ConveningEvent = { type: 'AppearanceProposed', data: { session, appearance, role, person, credit: told(person, credit) } };
  if (state === 'confirmed') return [proposal, { type: 'AppearanceConfirmed', data: said }];
  if (state === 'tentative') return [proposal, { type: 'AppearanceTentativelyConfirmed', data: said }];
  return state === 'declined' ? [proposal, { type: 'AppearanceDeclined', data: said }] : [proposal];
};

const step = (session: string, id: string, title: Text, minutes?: number, appearance?: string): ConveningEvent => ({
  type: 'ItemAdded', data: { session, item: { id, title, ...(minutes === undefined ? {} : { minutes }), ...(appearance === undefined ? {} : { appearance }), audience: 'public' } },
});

const first = (time: string) => `2013-05-27T${time}+03:00`;
const second = (time: string) => `2013-05-28T${time}+03:00`;
const remarks = { en: 'Opening remarks' };

export const arusha: readonly ConveningEvent[] = [
  convening('arusha-2013', 'Africa/Dar_es_Salaam', ['2013-05-27', '2013-05-28'], {
    title: { en: 'Best Practices and New Opportunities in Genocide Prevention' },
    subtitle: { en: 'Governmental Action, Technology, and Regional Contexts' },
    languages: ['en'],
    venue: { name: { en: 'Arusha International Conference Center' }, city: 'Arusha', country: 'TZ' },
    organisers: [
      { name: { en: 'Ministry for Constitutional and Legal Affairs of Tanzania' }, kind: 'government', country: 'TZ', role: 'co-organiser' },
      { name: { en: 'Ministry of Foreign Affairs and International Cooperation of Tanzania' }, kind: 'government', country: 'TZ', role: 'co-organiser' },
      { name: { en: 'UN Office of the Special Advisers on Genocide Prevention and the Responsibility to Protect' }, kind: 'un', role: 'co-organiser' },
      { name: { en: 'Auschwitz Institute for Peace and Reconciliation' }, shortName: 'AIPR', kind: 'ngo', role: 'co-organiser' },
    ],
    links: [{ kind: 'concept-note', title: { en: 'Concept note' }, url: 'https://example.org/arusha-2013/concept-note', audience: 'public' }],
  }),
  { type: 'RoomAdded', data: { room: 'simba', name: { en: 'Simba Hall' }, capacity: 200 } },
  { type: 'RoomAdded', data: { room: 'tembo', name: { en: 'Tembo Room' } } },
  session('opening', 'opening', { en: 'Opening of the meeting' }),
  session('panel-1', 'panel', { en: 'New technologies in the prevention of genocide and mass atrocities' }),
  session('coffee', 'break', { en: 'Coffee' }),
  session('panel-2', 'panel', { en: 'Mechanisms of international justice' }, { abstract: { en: 'How mechanisms of international justice contribute to prevention.' } }),
  session('lunch', 'break', { en: 'Lunch' }),
  session('panel-3', 'panel', { en: 'African civil society organizations' }, {
    abstract: { en: 'Their work to prevent genocide and mass atrocities in their home countries and regions.\n\nAnd the opportunities for cooperation between government and civil society.' },
  }),
  session('working-group', 'working-group', { en: 'Working group session' }),
  session('market', 'social', { en: 'Visit to the market' }),
  slot('opening', 'simba', first('09:00'), first('10:00')),
  slot('panel-1', 'simba', first('10:00'), first('11:30')),
  slot('coffee', null, first('11:30'), first('12:00')),
  slot('panel-2', 'simba', first('12:00'), first('13:30')),
  slot('lunch', null, first('13:30'), first('14:30')),
  slot('panel-3', 'simba', second('09:00'), second('11:00')),
  slot('working-group', 'tembo', second('11:30'), second('13:00')),
  slot('market', null, second('15:00'), second('17:00')),
  ...seat('opening', 'officiant', 'officiant', { name: 'Prosper Mwangamila', position: { en: 'National Committee for the Prevention and Punishment of Genocide, War Crimes, Crimes Against Humanity, and all Forms of Discrimination' }, country: 'TZ' }),
  ...seat('opening', 'a1', 'speaker', { honorific: 'Mr.', name: 'Fred Schwartz', position: { en: 'President and Founder' }, organisation: { en: 'AIPR' } }),
  ...seat('opening', 'a2', 'speaker', { name: 'Castro Wesamba', organisation: { en: 'UN Office of the Special Adviser on Genocide Prevention' }, kind: 'un' }),
  ...seat('opening', 'a3', 'speaker', { name: 'Andrzej Kacorzyk', position: { en: 'Deputy Director' }, organisation: { en: 'Auschwitz-Birkenau State Museum' }, country: 'PL' }),
  ...seat('opening', 'a4', 'speaker', { name: 'Mathias M. Chikawe', position: { en: 'Minister of Constitutional and Legal Affairs' }, country: 'TZ', label: { en: 'Guest of honour' } }),
  step('opening', 'remarks-1', remarks, 15, 'a1'),
  step('opening', 'remarks-2', remarks, 10, 'a2'),
  step('opening', 'remarks-3', remarks, 10, 'a3'),
  step('opening', 'remarks-4', remarks, 15, 'a4'),
  step('opening', 'photograph', { en: 'Group photograph' }),
  ...seat('panel-1', 'm', 'moderator', { name: 'James Waller', position: { en: 'Academic Programs Director' }, organisation: { en: 'AIPR' } }),
  ...seat('panel-1', 'a1', 'panellist', { name: 'Zachary Romanov', position: { en: 'Philanthropy Engineer' }, organisation: { en: 'Palantir Technologies' } }),
  ...seat('panel-1', 'a2', 'panellist', { name: 'Daudi Were', position: { en: 'Project Director – Africa' }, organisation: { en: 'Ushahidi' } }),
  ...seat('panel-1', 'a3', 'panellist', { name: 'Friederike Bubenzer', position: { en: 'Senior Project Leader' }, organisation: { en: 'Institute for Justice and Reconciliation' } }, 'proposed'),
  { type: 'AppearanceProposed', data: { session: 'panel-2', appearance: 'm', role: 'moderator' } },
  ...seat('panel-2', 'a1', 'panellist', { name: 'Adama Dieng', position: { en: 'UN Special Adviser on Genocide Prevention' }, kind: 'un' }),
  ...seat('panel-2', 'a2', 'panellist', { name: 'James Arguin', position: { en: 'Chief of Appeals Division, Office of the Prosecutor' }, organisation: { en: 'International Criminal Tribunal for Rwanda' }, kind: 'un' }),
  { type: 'AppearanceProposed', data: { session: 'panel-2', appearance: 'a3', role: 'panellist', office: { position: { en: 'Minister of Justice' }, country: 'RW' } } },
  ...seat('panel-3', 'm', 'moderator', { honorific: 'Mr.', name: 'Donald Deya', position: { en: 'Chief Executive Officer' }, organisation: { en: 'Pan African Lawyers Union' }, country: 'TZ' }),
  ...seat('panel-3', 'a1', 'panellist', { honorific: 'Dr.', name: 'Stephanus Francois Du Toit', sortName: 'Du Toit', position: { en: 'Executive Director' }, organisation: { en: 'Institute for Justice and Reconciliation' }, country: 'ZA' }),
  ...seat('panel-3', 'a2', 'panellist', { honorific: 'Ms.', name: 'Valnora Edwin', position: { en: 'Director' }, organisation: { en: 'Campaign for Good Governance' }, country: 'SL' }, 'tentative'),
  ...seat('panel-3', 'a3', 'panellist', { honorific: 'Ms.', name: 'Delphine Serumaga', position: { en: 'Executive Director' }, organisation: { en: 'Centre for the Study of Violence and Reconciliation' }, country: 'ZA' }, 'declined'),
  ...seat('panel-3', 'a4', 'panellist', { honorific: 'Dr.', name: 'Chris Dolan', position: { en: 'Director' }, organisation: { en: 'Refugee Law Project' }, country: 'UG' }),
  ...seat('panel-3', 'a5', 'panellist', { honorific: 'Mr.', name: 'Dismas Nkunda', position: { en: 'Co-Director' }, organisation: { en: 'International Refugee Rights Initiative' }, country: 'UG' }),
  { type: 'AgendaPublished', data: { number: 1, label: 'provisional', audience: 'public', note: { en: 'Panels may still gain a speaker.' } } },
  { type: 'SessionCancelled', data: { session: 'market' } },
];

const june = (day: number, time: string) => `2014-06-${String(day).padStart(2, '0')}T${time}+02:00`;
const lorem: Text = {
  en: 'What early warning asks of those who receive it, and what they can do with it before the first day of a crisis: cases from four regions.',
  fr: 'Ce que l’alerte précoce exige de ceux qui la reçoivent, et ce qu’ils peuvent en faire avant le premier jour d’une crise : des cas de quatre régions.',
};
const trackIds = ['warning', 'justice', 'education'];
const speakers: readonly Credit[] = [
  { honorific: 'Dr', name: 'Léa Fontaine', position: { fr: 'Directrice de recherche', en: 'Research director' }, organisation: { fr: 'Institut des hautes études', en: 'Institute of Advanced Studies' }, country: 'FR' },
  { name: 'Nguyễn Thị Ánh', position: { en: 'Programme officer' }, organisation: { en: 'Office for Regional Cooperation' }, country: 'VN' },
  { name: 'ليلى حداد', position: { ar: 'مديرة المركز', en: 'Director of the Centre' }, organisation: { ar: 'مركز الذاكرة' }, country: 'JO' },
];

/** Three days in Geneva in English, French and Arabic, three sessions at a time. */
export const geneva: readonly ConveningEvent[] = [
  convening('geneva-2014', 'Europe/Zurich', ['2014-06-30', '2014-07-02'], {
    title: { en: 'Fourth Forum on Early Warning', fr: 'Quatrième Forum sur l’alerte précoce', ar: 'المنتدى الرابع للإنذار المبكر' },
    description: lorem,
    languages: ['en', 'fr', 'ar'],
    venue: { name: { en: 'Maison de la Paix' }, address: { en: 'Chemin Eugène-Rigot 2' }, city: 'Geneva', country: 'CH' },
    organisers: [{ name: { en: 'Office for Regional Cooperation', fr: 'Bureau de la coopération régionale' }, role: 'host' }],
  }),
  ...['A', 'B', 'C'].map((letter): ConveningEvent => ({ type: 'RoomAdded', data: { room: letter.toLowerCase(), name: { en: `Auditorium ${letter}`, fr: `Auditoire ${letter}` } } })),
  { type: 'TrackAdded', data: { track: 'warning', name: { en: 'Early warning', fr: 'Alerte précoce' }, colour: '#b35900' } },
  { type: 'TrackAdded', data: { track: 'justice', name: { en: 'Justice', fr: 'Justice' }, colour: '#204a87' } },
  { type: 'TrackAdded', data: { track: 'education', name: { en: 'Education and memory', fr: 'Éducation et mémoire' }, colour: '#4e7a06' } },
  ...[0, 1, 2].flatMap((day) =>
    ['09:00', '14:00'].flatMap((start, hour) =>
      trackIds.flatMap((track, place): ConveningEvent[] => {
        const id = `s-${day}-${hour}-${place}`;
        const title: Text = [
          { en: 'From signals to decisions: who answers the telephone?', fr: 'Des signaux aux décisions : qui répond au téléphone ?' },
          { en: 'Evidence that courts can use' },
          { ar: 'تعليم التاريخ بعد النزاع', en: 'Teaching history after conflict' },
        ][(place + hour) % 3]!;
        const end = `${String(Number(start.slice(0, 2)) + (place === 2 ? 2 : 1)).padStart(2, '0')}:30`;
        const date = (time: string) => (day === 0 ? june(30, time) : `2014-07-0${day}T${time}+02:00`);
        return [
          session(id, hour === 1 ? 'workshop' : 'talk', title, { track, language: place === 1 ? 'fr' : 'en', interpretation: place === 0 ? ['fr', 'ar'] : [], ...(hour % 2 ? {} : { abstract: lorem }) }),
          slot(id, ['a', 'b', 'c'][place]!, date(start), date(end)),
          ...seat(id, 'a1', 'speaker', speakers[(place + hour) % 3]!),
          ...seat(id, 'a2', 'speaker', speakers[(place + hour + 1) % 3]!, hour === 1 ? 'proposed' : 'confirmed'),
        ];
      }),
    ),
  ),
  session('dinner', 'social', { en: 'Dinner on the lake', fr: 'Dîner sur le lac' }, { audience: 'participants' }),
  session('posters', 'side-event', { en: 'Posters', fr: 'Affiches' }),
  slot('dinner', null, june(30, '19:30'), june(30, '22:30')),
];
