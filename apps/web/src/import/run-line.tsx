import { Link } from '@tanstack/react-router';
import type { RunLine as Line } from '../api/shapes.ts';
import { number } from '../words/how-much.ts';
import { t } from '../words/t.ts';
import { momentOf } from '../words/when.ts';
import { sourceWords } from './source-words.ts';
import './import.css';

export function RunLine({ run }: { run: Line }) {
  const { imported, items } = run.totals;
  return (
    <li>
      <Link className="run-line" to="/runs/$runId" params={{ runId: run.id }}>
        <strong>{sourceWords(run.source)}</strong>
        <span>{t(`run.said.${run.state}`, { imported: number(imported), items: number(items) })}</span>
        <span className="quiet small number">{momentOf(run.startedAt)}</span>
      </Link>
    </li>
  );
}
