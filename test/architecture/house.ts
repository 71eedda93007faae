import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { cruise, type ICruiseOptions, type ICruiseResult, type IFlattenedRuleSet } from 'dependency-cruiser';

/** Files by their path, with their text. */
export type Tree = Readonly<Record<string, string>>;

interface Rules {
  readonly forbidden: IFlattenedRuleSet['forbidden'];
  readonly options: ICruiseOptions;
}
// Cast: the rules are CommonJS, as the cruiser's command line wants them, and have no types.
export const { forbidden = [], options } = createRequire(import.meta.url)('../../.dependency-cruiser.cjs') as Rules;

/** What a file violates, as `rule: file -> file`. */
const violationsIn = async (root: string): Promise<string[]> => {
  const { output } = await cruise(['src'], { ...options, baseDir: root, ruleSet: { forbidden }, validate: true });
  // Cast: without an output type the cruiser answers with its result, not with a text.
  const { summary } = output as ICruiseResult;
  return summary.violations.map(({ rule, from, to }) => (to === from ? `${rule.name}: ${from}` : `${rule.name}: ${from} -> ${to}`)).sort();
};

/** What a house of these files, with our packages, violates. */
const violationsOf = async (tree: Tree): Promise<string[]> => {
  const root = mkdtempSync(join(tmpdir(), 'baraza-house-'));
  try {
    symlinkSync(resolve('node_modules'), join(root, 'node_modules'));
    copyFileSync('package.json', join(root, 'package.json'));
    for (const [path, text] of Object.entries(tree)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    return await violationsIn(root);
  } finally {
    rmSync(root, { recursive: true });
  }
};

/**
 * What each of these trees violates. Trees that share no file stand in one house, where they know nothing of each other: the cruiser looks through
 * its rules for most of a cruise, however many files there are.
 */
export const violationsOfEach = async (trees: readonly Tree[]): Promise<ReadonlyMap<Tree, readonly string[]>> => {
  const houses: { trees: Tree[]; files: Map<string, string> }[] = [];
  for (const tree of trees) {
    const files = Object.entries(tree);
    let house = houses.find((each) => files.every(([path]) => !each.files.has(path)));
    if (!house) houses.push((house = { trees: [], files: new Map() }));
    house.trees.push(tree);
    for (const [path, text] of files) house.files.set(path, text);
  }
  const found = new Map<Tree, readonly string[]>();
  for (const { trees: together, files } of houses) {
    const violations = await violationsOf(Object.fromEntries(files));
    for (const tree of together) found.set(tree, violations.filter((each) => Object.hasOwn(tree, / (\S+)/.exec(each)?.[1] ?? '')));
  }
  return found;
};

export const violationsOfThisHouse = (): Promise<string[]> => violationsIn(process.cwd());
