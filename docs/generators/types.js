import { fileURLToPath } from 'node:url';
import ts from 'typescript';

export const root = fileURLToPath(new URL('../../', import.meta.url));

/** These files of src/ and what they stand on, as the compiler sees them. */
export const programOf = (files) => {
  const { options } = ts.parseJsonConfigFileContent(ts.readConfigFile(`${root}tsconfig.json`, ts.sys.readFile).config, ts.sys, root);
  return ts.createProgram(files.map((file) => `${root}src/${file}`), options);
};

/** What a field says whose name says it all; a docstring of its own goes before. */
export const usual = {
  convening: 'The convening’s id.',
  session: 'The session’s id.',
  appearance: 'The appearance’s id, unique in its session.',
  room: 'The room’s id.',
  track: 'The track’s id.',
  id: 'Unique in its session.',
  person: 'The person’s id: a UUID that names nobody.',
  people: 'The ids of the people.',
  of: 'The person whom the value belongs to.',
  by: 'Who said so.',
  way: 'How it was said.',
  given: 'The instant it was said; left out: when it was recorded.',
  note: 'What else was said.',
  from: 'What it was.',
  to: 'What it is.',
  start: 'When it begins.',
  end: 'When it ends.',
  zone: 'IANA name of the time zone.',
  languages: 'BCP 47 tags.',
  title: 'By language.',
  subtitle: 'By language.',
  description: 'By language.',
  abstract: 'By language.',
  name: 'What it is called.',
  position: 'By language.',
  organisation: 'By language.',
  represents: 'For whom the person speaks.',
  credit: 'What is printed of the person.',
  office: 'What is printed while nobody is named.',
  role: 'What the person does in the session.',
  kind: 'What sort it is.',
  links: 'In their order.',
  organisers: 'In their order.',
  venue: 'Where it takes place.',
  policy: 'How the rules are applied.',
  audience: 'Who may see it.',
  slot: 'When and where.',
  item: 'The step of the running order.',
  minutes: 'How long it takes.',
  conflict: 'The conflict’s key.',
  conflicts: 'A severity for each rule.',
  rule: 'Which rule finds it.',
  circumstance: 'The slots and people it consists of.',
  slots: 'By session.',
  reason: 'Why.',
  number: '1, 2, …',
  label: 'Unique in the convening.',
  attendance: 'As reported.',
  replaces: 'The id of the appearance in whose place it stands.',
  with: 'The id of the appearance that stands in its place.',
  answerBy: 'The instant until which an answer is hoped for.',
  notes: 'For organisers only.',
  honorific: '“Mr.”, “H. E.”, “Professor”.',
  shortName: 'As it is abbreviated.',
  participants: 'How many took part.',
  countries: 'From how many countries.',
  address: 'By language.',
  city: 'Its name.',
  category: 'The category’s id.',
  approval: 'Whether the organisers look at each registration.',
  placesTold: 'What the public is told of places left.',
  registration: 'The registration’s id.',
  registrations: 'Their ids, who waited longest first.',
  standing: 'How it stands.',
  group: 'Of those who came with one request.',
  entry: 'What was filled in.',
  repeat: 'The id under which the form was answered.',
  until: 'The instant from which the seat is no longer kept.',
  day: 'A local date.',
  into: 'The category in which its people are from now on.',
  family: 'By which lists are sorted.',
  email: 'As it was written.',
  answers: 'By the field’s id.',
  sealed: 'The sealed text.',
  value: 'What it is.',
};

/** Every type alias and interface of the program, by name: names are unique in what facts are made of. */
export const declarationsOf = (program) => {
  const declared = new Map();
  for (const file of program.getSourceFiles()) {
    if (file.isDeclarationFile) continue;
    ts.forEachChild(file, (node) => {
      if (ts.isTypeAliasDeclaration(node) || ts.isInterfaceDeclaration(node)) declared.set(node.name.text, node);
    });
  }
  return declared;
};

/** Its docstring in one line. */
export const docOf = (node) => {
  const [doc] = ts.getJSDocCommentsAndTags(node).slice(-1);
  return doc ? (ts.getTextOfJSDocComment(doc.comment) ?? '').replace(/\s*\n\s*/g, ' ').trim() : '';
};
