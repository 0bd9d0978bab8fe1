import { Checkbox } from '@mantine/core';
import type { Survey } from '../api/shapes.ts';
import { number } from '../words/how-much.ts';
import { named, t } from '../words/t.ts';
import { dateOf } from '../words/when.ts';

type Choosing = {
  nameless: Survey['nameless'];
  isChosen: boolean;
  onChoose: (isChosen: boolean) => void;
};

/** What names nobody whom one could choose: how much of it there is, of which kinds, and some of it. */
export function Nameless({ nameless, isChosen, onChoose }: Choosing) {
  const { items, formats, examples } = nameless;
  const kinds = formats.map(({ format, items: count }) =>
    t('survey.formatCount', { format: named('format', format), count: number(count) }),
  );
  return (
    <div className="notice stack">
      <Checkbox
        label={t('survey.nameless', { count: items })}
        description={t('survey.namelessWhy')}
        checked={isChosen}
        onChange={(event) => onChoose(event.currentTarget.checked)}
      />
      <details className="small">
        <summary>{kinds.join(', ')}</summary>
        <ul className="found-problems">
          {examples.map(({ format, subject, at }, nth) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the list does not change, and two may be alike
            <li key={nth}>
              {subject ?? named('format', format)} {at && <span className="quiet number">{dateOf(at)}</span>}
            </li>
          ))}
          {examples.length < items && (
            <li className="quiet">{t('survey.namelessMore', { count: items - examples.length })}</li>
          )}
        </ul>
      </details>
    </div>
  );
}
