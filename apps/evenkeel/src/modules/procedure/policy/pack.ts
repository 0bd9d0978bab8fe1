import { z } from 'zod';
import { LANGS, type Lang, type Words3 } from '../pack.ts';

const Text = z.string().trim().min(1);
const Texts = z.strictObject({ en: Text, ru: Text, fi: Text });
const Counted = z.strictObject({ one: Text, other: Text });
const Id = z.string().regex(/^[a-z]+(-[a-z]+)+$/);

const Asked = {
  id: Id,
  title: Texts,
  text: Texts,
  /** What somebody might answer. */
  example: Texts,
};

const Question = z.discriminatedUnion('kind', [
  z.strictObject({ ...Asked, kind: z.enum(['text', 'lines', 'steps']) }),
  z.strictObject({
    ...Asked,
    kind: z.literal('days'),
    /** The question whose answer this one is not below. */
    atLeast: Id.optional(),
    said: z.strictObject({ en: Counted, ru: Counted, fi: Counted }),
    /** Steps of a procedure whose days are the same thing: where they differ, that is said. */
    suggests: z.strictObject({ pack: Id, steps: z.array(Id).min(1) }).optional(),
  }),
  z.strictObject({ ...Asked, kind: z.literal('day'), withinYears: z.number().int().positive() }),
  z.strictObject({
    ...Asked,
    kind: z.literal('table'),
    rows: z.array(z.strictObject({ id: Id, title: Texts, upTo: z.boolean().default(false) })).min(1),
  }),
]);

/** `questions.yaml` as it is written. */
export const PolicyPackSchema = z.strictObject({
  questions: z.array(Question).min(1),
  texts: z.array(z.strictObject({ id: Id, forClients: z.boolean() })).min(1),
});

export type PolicyQuestion = z.infer<typeof Question>;

/** The questions, and the texts that their answers fill, each in every language. */
export type PolicyPack = z.infer<typeof PolicyPackSchema> & {
  readonly templates: Readonly<Record<string, Words3>>;
};

export function templatePath(text: string, lang: Lang): string {
  return `${text}.${lang}.md`;
}

const FIELD = /\{\{([^{}]+)\}\}/g;

/**
 * What is wrong with a pack: a text that asks for what no question gives, or an answer that no text uses.
 *
 * @returns one sentence each; none where it can be used
 */
export function problemsOf({ questions, texts, templates }: PolicyPack): readonly string[] {
  const ids = new Set(questions.map(({ id }) => id));
  const used = new Set<string>();
  const problems: string[] = [];
  for (const { id } of texts)
    for (const lang of LANGS) {
      const template = templates[id]?.[lang] ?? '';
      if (!/^# \S/.test(template)) problems.push(`${templatePath(id, lang)} begins with no title`);
      for (const [, field = ''] of template.matchAll(FIELD)) {
        used.add(field);
        if (!ids.has(field)) problems.push(`${templatePath(id, lang)}: nobody answers {{${field}}}`);
      }
    }
  for (const id of ids) if (!used.has(id)) problems.push(`no text has {{${id}}}`);
  return problems;
}
