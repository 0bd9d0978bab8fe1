import { memo } from 'react';
import type { Signal, TimelineRow } from '../api/shapes.ts';
import { t } from '../words/t.ts';
import { MessageBody } from './message-body.tsx';
import { togglePick } from './picks.ts';
import { PointMarks } from './point-marks.tsx';

type Line = {
  partyId: string;
  row: TimelineRow;
  marks: readonly Signal[] | undefined;
  startsDay: boolean;
  isActive: boolean;
  isOpen: boolean;
  isPicking: boolean;
  isPicked: boolean;
};

/** One message of the timeline. A plain link: ten thousand of the router's would be felt. */
export const TimelineLine = memo(function TimelineLine(line: Line) {
  const { partyId, row, marks, startsDay, isActive, isOpen, isPicking, isPicked } = line;
  const looks = ['message', row.direction === 'outbound' && 'message-ours', isOpen && 'message-open'];
  return (
    <div className={isPicking ? 'timeline-line timeline-picking' : 'timeline-line'}>
      {isPicking && (
        <label className="timeline-pick">
          <input
            type="checkbox"
            tabIndex={-1}
            checked={isPicked}
            onChange={() => togglePick(partyId, row.id)}
            aria-label={t('timeline.pick')}
          />
        </label>
      )}
      <a
        className={looks.filter(Boolean).join(' ')}
        href={`/clients/${partyId}/interactions/${row.id}`}
        data-row={row.id}
        tabIndex={isActive ? 0 : -1}
        aria-current={isOpen ? 'true' : undefined}
        draggable={false}
      >
        <MessageBody row={row} marks={marks} startsDay={startsDay} />
      </a>
      <PointMarks partyId={partyId} marks={row.points} isActive={isActive} />
    </div>
  );
});
