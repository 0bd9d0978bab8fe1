import type { CompiledPack, PackRule } from '@evenkeel/language/rules/pack';
import { queryOptions } from '@tanstack/react-query';
import en from '../../../../packages/language/packs/en.json?url';
import fi from '../../../../packages/language/packs/fi.json?url';
import ru from '../../../../packages/language/packs/ru.json?url';

const URLS = { en, fi, ru } as const;
export type RuleTag = keyof typeof URLS;
export const RULE_TAGS = Object.keys(URLS) as readonly RuleTag[];

/** The rules that ship for a language, as the engine has them. */
export const rulesQuery = (tag: RuleTag) =>
  queryOptions({
    queryKey: ['rules', tag],
    queryFn: async ({ signal }): Promise<readonly PackRule[]> => {
      const answer = await fetch(URLS[tag], { signal });
      return ((await answer.json()) as CompiledPack).rules;
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
