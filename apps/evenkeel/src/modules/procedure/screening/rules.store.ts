import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { z } from 'zod';
import { Halt } from '../../../kernel/outcome.ts';
import {
  FirstDaysFile,
  type FirstDaysRules,
  InquiryFile,
  type InquiryRules,
  WarningFile,
  type WarningRules,
} from './rules.ts';

const SHIPPED = fileURLToPath(new URL('../../../../../../packs/screening/', import.meta.url));

/**
 * What is asked of who inquires, and what an answer becomes.
 *
 * @param dataDir a file of the user's own, `packs/screening/inquiry.yaml` there, stands in place of ours
 * @throws Halt `screening-rules-unusable` with the file and the place in it
 */
export function inquiryRules(dataDir: string): Promise<InquiryRules> {
  return rulesIn(dataDir, 'inquiry.yaml', InquiryFile);
}

/** For what an entry may warn, for how long, and when the person is told; see {@link inquiryRules}. */
export function warningRules(dataDir: string): Promise<WarningRules> {
  return rulesIn(dataDir, 'warnings.yaml', WarningFile);
}

/** How payments are written, and when they are many for somebody new; see {@link inquiryRules}. */
export function firstDaysRules(dataDir: string): Promise<FirstDaysRules> {
  return rulesIn(dataDir, 'first-days.yaml', FirstDaysFile);
}

async function rulesIn<S extends z.ZodType>(dataDir: string, name: string, shape: S): Promise<z.output<S>> {
  const own = join(dataDir, 'packs', 'screening', name);
  const yours = await readFile(own, 'utf8').catch(() => null);
  const file = yours === null ? join(SHIPPED, name) : own;
  const read = shape.safeParse(await parsed(yours ?? (await readFile(file, 'utf8')), file));
  if (read.success) return read.data;
  const [first] = read.error.issues;
  throw new Halt(
    'screening-rules-unusable',
    `${file} cannot be used at ${first?.path.join('.')}: ${first?.message}`,
  );
}

async function parsed(text: string, file: string): Promise<unknown> {
  const { parse } = await import('yaml');
  try {
    return parse(text);
  } catch (error) {
    throw new Halt('screening-rules-unusable', `${file}: ${(error as Error).message.split('\n')[0]}`);
  }
}
