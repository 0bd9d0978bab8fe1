import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { PastWork as PastWorkFound } from '../api/shapes.ts';
import { problemWords } from '../words/problem-words.ts';
import { t } from '../words/t.ts';
import { pastWorkQuery } from './screening.queries.ts';

const MINUTES_PER_MESSAGE = 6;

/** How long past work took, with how many clients that is; under three it says that they are too few. */
export function PastWork({ screeningId }: { screeningId: string }) {
  const [each, setEach] = useState(MINUTES_PER_MESSAGE);
  const past = useQuery(pastWorkQuery(screeningId, each));
  return (
    <div className="small stack screening-past">
      <label>
        {t('past.each')}{' '}
        <input
          type="number"
          min={0}
          max={120}
          value={each}
          onChange={(event) => setEach(Math.min(120, Math.max(0, Number(event.currentTarget.value))))}
        />
      </label>
      <span role="status">
        {past.data && says(past.data)}
        {past.error && problemWords(past.error)}
      </span>
    </div>
  );
}

function says({ n, median, least, most, statedPart, revisions, outsideHours }: PastWorkFound): string {
  const minutes = t('past.says', { n, median, least, most, stated: Math.round(statedPart * 100) });
  const beside = t('past.beside', {
    ...{ revisions: revisions.median, mostRevisions: revisions.most },
    ...{ outside: outsideHours.median, mostOutside: outsideHours.most },
  });
  return `${minutes} ${beside}`;
}
