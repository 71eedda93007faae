import { countries, languages } from './names.fr.js';
import { partsOf, type Words } from './words.js';

const months = ['janvier', 'février', 'mars', 'avril', 'mai', 'juin', 'juillet', 'août', 'septembre', 'octobre', 'novembre', 'décembre'];
const weekdays = ['dimanche', 'lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi'];

const ordinal = (day: number) => (day === 1 ? '1er' : `${day}`);
const dayAndMonth = (date: string) => `${ordinal(partsOf(date).day)} ${months[partsOf(date).month]}`;
const date = (day: string) => `${dayAndMonth(day)} ${partsOf(day).year}`;
const capital = (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1);
/** Nought and one are singular. */
const count = (many: number, one: string, more: string) => `${many} ${many < 2 ? one : more}`;
/** A space that does not break. */
const nbsp = '\u00a0';

export const french: Words = {
  language: 'fr',
  kinds: {
    opening: 'Ouverture', keynote: 'Discours-programme', panel: 'Table ronde', talk: 'Exposé', 'working-group': 'Groupe de travail', workshop: 'Atelier',
    plenary: 'Plénière', 'side-event': 'Manifestation parallèle', ceremony: 'Cérémonie', performance: 'Spectacle', social: 'Rencontre', break: 'Pause',
    closing: 'Clôture', other: '',
  },
  roles: {
    moderator: ['Modération', 'Modération'], chair: ['Présidence', 'Présidence'], speaker: ['Intervention', 'Interventions'],
    panellist: ['Panel', 'Panel'], discussant: ['Discussion', 'Discussion'], rapporteur: ['Rapport', 'Rapport'],
    officiant: ['Conduite de la cérémonie', 'Conduite de la cérémonie'], interpreter: ['Interprétation', 'Interprétation'], facilitator: ['Animation', 'Animation'],
  },
  // Of a seat (« un siège »), so that they need not know of whom.
  states: {
    proposed: 'proposé', invited: 'invité', confirmed: 'confirmé', tentative: 'sous réserve', declined: 'décliné', withdrawn: 'retiré', cancelled: 'annulé',
    replaced: 'remplacé', appeared: 'présent', absent: 'absent',
  },
  audiences: { participants: 'Pour les participants', internal: 'Pour les organisateurs' },
  organising: { organiser: '', 'co-organiser': '', host: 'hôte', sponsor: 'parrain', partner: 'partenaire' },
  countries,
  languages,
  skip: 'Aller au programme',
  days: 'Jours',
  agenda: 'Programme',
  where: 'Lieu',
  organisedBy: 'Organisé par',
  spoken: 'Langues',
  tracks: 'Thèmes',
  documents: 'Documents',
  notes: 'Notes pour les organisateurs',
  unscheduled: 'Horaire à préciser',
  nothingYet: 'Rien n’est encore prévu ce jour-là.',
  cancelled: 'Annulé',
  conveningCancelled: 'Cette réunion est annulée.',
  concluded: 'Cette réunion est terminée.',
  draft: 'Document de travail',
  mayChange: 'Non publié. Tout peut encore changer.',
  toBeConfirmed: 'à confirmer',
  toBeReconfirmed: 'à reconfirmer',
  nameWithheld: 'nom non communiqué',
  notesWithheld: 'non communiquées',
  roomOpen: 'salle à préciser',
  colon: `${nbsp}:`,
  quoted: (text) => `«${nbsp}${text}${nbsp}»`,
  several: (times, text) => `${text} (${times})`,
  representing: (text) => `au nom de${nbsp}: ${text}`,
  inLanguage: (language) => `Langue${nbsp}: ${language}`,
  interpretedInto: (into) => `Interprétation${nbsp}: ${into.join(', ')}`,
  minutes: (minutes) => `${minutes}${nbsp}min`,
  attendance: (participants, countriesPresent) =>
    [
      ...(participants === undefined ? [] : [count(participants, 'participant', 'participants')]),
      ...(countriesPresent === undefined ? [] : [`${countriesPresent}${nbsp}pays`]),
    ].join(', '),
  according: (source) => `Source${nbsp}: ${source}`,
  version: (label) => `Version ${label}`,
  published: (day, time) => `Publié le ${day} à ${time}`,
  changed: 'Ce programme a changé.',
  showCurrent: 'Afficher le programme actuel',
  proof: 'Preuve',
  asOf: (day, time) => `État au ${day}, ${time}`,
  timesIn: (zone, offset) => `Heures de ${zone} (${offset}).`,
  difference: {
    heading: 'Ce qui a changé',
    before: 'Avant',
    after: 'Après',
    none: 'Rien n’a changé.',
    summary: 'En bref',
    kinds: {
      new: 'Ajouté', cancelled: 'Annulé', reinstated: 'Finalement maintenu', removed: 'Supprimé', scheduled: 'Horaire fixé', unscheduled: 'Horaire retiré',
      time: 'Autre horaire', room: 'Autre salle', title: 'Autre titre', people: 'Personnes', other: 'Autres précisions',
    },
    parts: { added: 'ajouté', removed: 'supprimé', changed: 'modifié' },
    fields: {
      title: 'Titre', subtitle: 'Sous-titre', description: 'Description', abstract: 'Résumé', kind: 'Type', track: 'Thème', language: 'Langue', languages: 'Langues',
      interpretation: 'Interprétation', audience: 'Lecteurs', notes: 'Notes', links: 'Documents', cancelled: 'Annulé', 'slot.start': 'Début', 'slot.end': 'Fin', 'slot.room': 'Salle',
      start: 'Premier jour', end: 'Dernier jour', zone: 'Fuseau horaire', capacity: 'Capacité', organisers: 'Organisé par', phase: 'État de la réunion', name: 'Nom', colour: 'Couleur',
      'venue.name': 'Lieu', 'venue.address': 'Adresse', 'venue.city': 'Ville', 'venue.country': 'Pays', 'attendance.participants': 'Participants', 'attendance.countries': 'Pays',
      'attendance.source': 'Source', minutes: 'Minutes', appearance: 'Par', role: 'Rôle', state: 'État', person: 'Personne', represents: 'Au nom de', toBeReconfirmed: 'À reconfirmer',
      'credit.honorific': 'Civilité', 'credit.name': 'Nom', 'credit.sortName': 'Classé à', 'credit.position': 'Fonction', 'credit.organisation': 'Organisation', 'credit.kind': 'Type',
      'credit.country': 'Pays', 'credit.label': 'Imprimé comme', 'credit.withheld': 'Nom non communiqué', 'office.position': 'Fonction', 'office.organisation': 'Organisation', 'office.kind': 'Type',
      'office.country': 'Pays', 'office.label': 'Imprimé comme',
    },
    meeting: 'La réunion', rooms: 'Salles', sessions: 'Séances', items: 'Déroulement', people: 'Personnes', order: 'Ordre', yes: 'oui', no: 'non', empty: 'rien',
    revision: (revision) => `révision ${revision}`,
    counted: (sessions) => count(sessions, 'séance', 'séances'),
  },
  day: (day) => capital(`${weekdays[partsOf(day).weekday]} ${date(day)}`),
  shortDay: (day) => `${capital(weekdays[partsOf(day).weekday]!.slice(0, 3))}. ${dayAndMonth(day)}`,
  date,
  dayAndMonth,
  dates: (start, end) => {
    const [first, last] = [partsOf(start), partsOf(end)];
    if (start === end) return date(start);
    if (first.year !== last.year) return `${date(start)} – ${date(end)}`;
    return first.month === last.month ? `${ordinal(first.day)}–${date(end)}` : `${dayAndMonth(start)} – ${date(end)}`;
  },
};
