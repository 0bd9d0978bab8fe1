import './meter.css';

/** A bar of progress. @param of 0 while the whole is not known. */
export function Meter({ value, of, label }: { value: number; of: number; label: string }) {
  const part = of > 0 ? Math.min(100, Math.round((value / of) * 100)) : 0;
  return (
    <div
      className="meter"
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={part}
    >
      <div style={{ width: `${part}%` }} />
    </div>
  );
}
