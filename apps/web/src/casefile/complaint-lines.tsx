import { Link } from '@tanstack/react-router';
import type { Ref } from 'react';
import type { ComplaintLine } from '../generated/types.gen.ts';
import { useWho } from '../session/who.ts';
import { nowIso } from '../words/clock.ts';
import { t } from '../words/t.ts';
import { dateOf } from '../words/when.ts';

/** Complaints as the register and a case show them; what they want stands before what is said of it. */
export function ComplaintLines({
  lines,
  list,
}: {
  lines: readonly ComplaintLine[];
  list?: Ref<HTMLUListElement>;
}) {
  const who = useWho();
  const now = nowIso();
  return (
    <ul className="sheet lines" ref={list ?? null}>
      {lines.map((line) => (
        <li key={line.id}>
          <Link className="case-line" to="/complaints/$complaintId" params={{ complaintId: line.id }}>
            <span className="case-title">
              <span className="number">{line.number}</span> <q>{line.remedy}</q>
            </span>
            <span className="case-party quiet">{line.partyName}</span>
            <span className="small">
              {t(`complaintstate.${line.state}`)} · {t('complaint.stage', { stage: line.stage })}
              {line.isSafety && <strong className="danger"> {t('complaint.safety')}</strong>}
            </span>
            <span className="small quiet case-counts">
              {t('complaint.decidedOf', { decided: line.decided, points: line.points })} · {who(line.owner)}
            </span>
            <DueDate line={line} now={now} />
          </Link>
        </li>
      ))}
    </ul>
  );
}

function DueDate({ line, now }: { line: ComplaintLine; now: string }) {
  if (line.state !== 'open' || !line.dueAt)
    return <span className="small quiet number case-date">{dateOf(line.at)}</span>;
  const isLate = line.dueAt < now;
  const words = isLate ? 'complaint.wasDue' : 'complaint.dueOn';
  return (
    <span className={isLate ? 'small number case-date at-risk' : 'small number case-date'}>
      {t(words, { date: dateOf(line.dueAt) })}
    </span>
  );
}
