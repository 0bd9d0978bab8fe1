import { useDebouncedValue } from '@mantine/hooks';
import { useMemo } from 'react';
import { useLanguage } from '../language/engine.ts';
import { nameOfLanguage } from '../words/language.ts';
import { t } from '../words/t.ts';

const WAIT_MS = 300;

/** How much it is, and in which language. Worked out in this page: the words are sent nowhere. */
export function PasteFacts({ text }: { text: string }) {
  const [settled] = useDebouncedValue(text, WAIT_MS);
  const language = useLanguage();
  const lang = useMemo(
    () => language?.read.readSignals(language.engine, settled).lang ?? 'simple',
    [language, settled],
  );
  const words = text.trim().split(/\s+/).length;
  return (
    <p className="small quiet">
      {t('paste.words', { count: words })}
      {lang !== 'simple' && ` · ${nameOfLanguage(lang)}`}
    </p>
  );
}
