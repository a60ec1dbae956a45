import type { EditionFile, RulesEntry } from '../../import/edition/edition-file.js';
import { percentage } from '../../ratings/percentage.js';
import { numberOf as numberIn } from '../around/numbers.js';
import type { ReportLine } from '../report-document.js';
import { likeness, questionEssence } from '../structure/wording.js';
import { type Claims, confirm, contradiction, doubt, numberOf } from './claims.js';
import { type CountContext, sampleOf } from './counts.js';
import type { QuestionValues } from './figures.js';

/** "six of the eight", "10 out of 11", "nine of 11 relevant cases". */
const count =
  /(?<![\p{L}\d]-?)(\d{1,3}|\p{L}+(?:-\p{L}+)?) (?:out )?of (?:the )?(?:relevant |inspected )?(\d{1,3}|\p{L}+(?:-\p{L}+)?)(?: (?:relevant|inspected))? cases\b/giu;
/** A sentence that counts what was not done, or leaves some out, says the opposite of yes. */
const turned =
  /\b(?:not|no|nor|none|never|without|lack\w*|insufficient\w*|in?adequate\w*|fail\w*|miss\w*|only|except|but|unless|fewer|less|neither|should|could|need\w*)\b|n['’]t\b/i;

/** Words in common from this share of a question's on are about it; another question has to be this much further. */
const about = { least: 0.6, ahead: 0.2 };

/** A count that a sentence gives, of a question that it is certainly about. */
interface ProseCount {
  code: string;
  yes: number;
  of: number;
  line: ReportLine;
}

/**
 * Counts in running text against the figures of the tables: of sentences below a key question's heading that give one count and are
 * worded like one of its prompts, and no other. They go into prose_counts, and confirm the figures or contradict them.
 */
export function checkProseCounts(
  claims: Claims,
  questions: readonly QuestionValues[],
  sections: readonly { standard?: string; lines: readonly ReportLine[] }[],
  rules: RulesEntry,
  context: CountContext,
): void {
  const byCode = new Map(questions.map((question) => [question.code, question]));
  const told = new Set<string>();
  for (const found of proseCounts(sections, context.edition)) {
    const question = byCode.get(found.code);
    const sample = question && sampleOf(question, context);
    if (!question || !sample || found.of > sample.cases || found.yes > found.of || told.has(found.code))
      continue;
    told.add(found.code);
    compare(claims, question, found, { cases: sample.cases, rules, isDamaged: context.isDamaged });
    const { line } = found;
    for (const field of ['yes', 'of'] as const)
      claims.values.push({
        path: ['prose_counts', found.code, field],
        value: found[field],
        confidence: 'read',
        place: line.place,
      });
  }
}

function compare(
  claims: Claims,
  { code, relevant, yes, percent }: QuestionValues,
  { yes: saidYes, of, line }: ProseCount,
  { cases, rules, isDamaged }: { cases: number; rules: RulesEntry; isDamaged: boolean },
): void {
  const differs = (printed: string, ...values: (typeof yes)[]) => {
    const [place] = values.flatMap((value) => value?.place ?? []);
    const message = `${code}: the table prints ${printed}, the text ${saidYes} of ${of}`;
    contradiction(claims, code, message, ...(place ? [place] : []), line.place);
    // In a sound report both may be right: they need not be about the same cases.
    if (isDamaged) for (const value of values) doubt(value, `the text says ${saidYes} of ${of}`);
  };
  const printed = numberOf(percent);
  if (printed !== undefined) {
    const shares = [cases, of].flatMap((base) => [
      percentage(saidYes, base, rules.rounding),
      percentage(saidYes, base, 'down'),
    ]);
    if (shares.includes(printed)) confirm(percent, line.place);
    else differs(`${printed}%`, percent);
  }
  if (numberOf(relevant) === undefined || numberOf(yes) === undefined) return;
  if (numberOf(relevant) === of && numberOf(yes) === saidYes) {
    confirm(relevant, line.place);
    confirm(yes, line.place);
  } else if (numberOf(relevant) === of || of === cases)
    differs(`${numberOf(yes)} of ${numberOf(relevant)}`, yes);
}

/** Every such count of the standards' sections. */
function proseCounts(
  sections: readonly { standard?: string; lines: readonly ReportLine[] }[],
  edition: EditionFile,
): ProseCount[] {
  const standards = edition.domains.flatMap((domain) => domain.standards);
  return sections.flatMap(({ standard, lines }) => {
    const asked = standards.find(({ code }) => code === standard)?.key_questions ?? [];
    const essences = asked.map(({ text }) => questionEssence(text));
    let current: (typeof asked)[number] | undefined;
    return lines.flatMap((line): ProseCount[] => {
      if (line.cells.length > 1) return [];
      const own = questionEssence(line.text);
      // Key questions of a standard are alike: the heading is the one that it is most like.
      const alike = essences.map((essence) => likeness(own, essence, 0.8));
      const most = Math.max(...alike);
      if (most >= 0.8) current = asked[alike.indexOf(most)];
      const prompts = current?.prompts ?? [];
      return line.text.split(/(?<=[.!?;])\s+/).flatMap((sentence) => {
        const [only, ...more] = sentence.matchAll(count);
        if (!only || more.length > 0 || turned.test(sentence)) return [];
        const [yes, of] = [numberIn(only[1] as string), numberIn(only[2] as string)];
        const code = nearest(sentence, prompts);
        return yes === undefined || of === undefined || !code ? [] : [{ code, yes, of, line }];
      });
    });
  });
}

/** The question that a sentence is about, where no other comes near. */
function nearest(sentence: string, questions: readonly { code: string; text: string }[]): string | undefined {
  const said = stems(sentence);
  const shares = questions
    .map(({ code, text }) => {
      const words = stems(text);
      const common = [...words].filter((word) => said.has(word)).length;
      return { code, share: words.size < 3 ? 0 : common / words.size };
    })
    .sort((one, other) => other.share - one.share);
  const [best, second] = shares;
  const isAbout = best && best.share >= about.least && best.share - (second?.share ?? 0) >= about.ahead;
  return isAbout ? best.code : undefined;
}

/** The beginnings of a text's longer words: "analysed" and "analysis" have one. */
const stems = (text: string): Set<string> =>
  new Set([...text.toLowerCase().matchAll(/\p{L}{4,}/gu)].map(([word]) => word.slice(0, 5)));
