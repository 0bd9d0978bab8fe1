import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LANGS, type Words3 } from '../pack.ts';
import { type PolicyPack, PolicyPackSchema, templatePath } from './pack.ts';

/** Where the questions and texts lie that ship; at the same place beside the sources and beside the built form. */
const SHIPPED = fileURLToPath(new URL('../../../../../../packs/policies/', import.meta.url));

/** Reads the questions and the texts. @throws Error when the program was installed without them */
export async function readPolicyPack(folder: string = SHIPPED): Promise<PolicyPack> {
  const { parse } = await import('yaml');
  const written = PolicyPackSchema.parse(parse(await readFile(join(folder, 'questions.yaml'), 'utf8')));
  const templates = await Promise.all(
    written.texts.map(async ({ id }) => {
      const texts = await Promise.all(
        LANGS.map(async (lang) => [lang, await readFile(join(folder, templatePath(id, lang)), 'utf8')]),
      );
      return [id, Object.fromEntries(texts) as Words3] as const;
    }),
  );
  return { ...written, templates: Object.fromEntries(templates) };
}
