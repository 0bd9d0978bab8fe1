import { AgreementLine } from '../agreement/agreement-line.tsx';
import { BoundaryLine } from '../boundary/boundary-line.tsx';
import { CasefileStrip } from '../casefile/casefile-strip.tsx';
import { PointsStrip } from '../points/points-strip.tsx';
import { StartProcedure } from '../procedure/start-procedure.tsx';
import { PromisesLine } from '../promises/promises-line.tsx';
import { KeptDraftsLine } from '../reply/kept-drafts-line.tsx';
import { RestrictionLine, RestrictionLinks } from '../restriction/restriction-line.tsx';
import { t } from '../words/t.ts';

const WIDE = '(min-width: 641px)';

/** Where we stand with a client, in a few lines above what happened; on a phone behind one line. */
export function ClientStanding({ partyId }: { partyId: string }) {
  return (
    <details className="standing" open={window.matchMedia(WIDE).matches}>
      <summary className="small">{t('client.standing')}</summary>
      <div className="standing-lines">
        <AgreementLine partyId={partyId} />
        <PromisesLine partyId={partyId} />
        <PointsStrip partyId={partyId} />
        <BoundaryLine partyId={partyId} />
        <RestrictionLine partyId={partyId} />
        <KeptDraftsLine partyId={partyId} />
        <div className="standing-acts">
          <CasefileStrip partyId={partyId} />
          <RestrictionLinks partyId={partyId} />
          <StartProcedure subject="party" partyId={partyId} subjectId={partyId} isFolded />
        </div>
      </div>
    </details>
  );
}
