import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { nameOfLanguage } from '../words/language.ts';
import { t } from '../words/t.ts';
import { lookAtPaste } from './paste.queries.ts';

const WAIT_MS = 300;

/** What the program sees in the text at once. */
export function PasteFacts({ text }: { text: string }) {
  const [settled] = useDebouncedValue(text, WAIT_MS);
  const looked = useQuery({
    queryKey: ['paste', settled],
    queryFn: () => lookAtPaste(settled),
    gcTime: 0,
    placeholderData: (before) => before,
  }).data;
  const words = text.trim().split(/\s+/).length;
  return (
    <div className="small">
      <p className="quiet">
        {t('paste.words', { count: words })}
        {looked?.lang && ` · ${nameOfLanguage(looked.lang)}`}
      </p>
    </div>
  );
}
