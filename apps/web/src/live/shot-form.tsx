import { type PointerEvent, useEffect, useRef, useState } from 'react';
import { t } from '../words/t.ts';
import { noteDown } from './live.state.ts';
import { type Crop, drawn, WHOLE } from './png.ts';
import { quoteField } from './quote.state.ts';

const SIDES = ['left', 'top', 'right', 'bottom'] as const satisfies readonly (keyof Crop)[];
const LEAST = 0.02;

/** A shot is cropped to the chat before it is kept; what lies outside is not even stored here. */
export function ShotForm({ picture, onDone }: { picture: Blob; onDone: () => void }) {
  const [crop, setCrop] = useState<Crop>(WHOLE);
  const [isBroken, setBroken] = useState(false);
  const url = useUrl(picture);
  const isCropped = SIDES.some((side) => crop[side] !== WHOLE[side]);
  const keep = async () => {
    const shot = await drawn(picture, crop).catch(() => null);
    setBroken(shot === null);
    if (shot === null) return;
    const quote = quoteField.take();
    await noteDown({ text: `${t('live.shot')}.`, quotes: quote ? [quote] : [], shot });
    onDone();
  };
  return (
    <fieldset className="live-crop">
      <legend>{t('live.crop')}</legend>
      {url && <CropView url={url} crop={crop} onCrop={setCrop} />}
      {SIDES.map((side) => (
        <label key={side} className="live-side small">
          <span>{t(`live.crop-${side}`)}</span>
          <input
            type="range"
            min={0}
            max={100}
            value={Math.round(crop[side] * 100)}
            onChange={(event) => setCrop(moved(crop, side, Number(event.currentTarget.value) / 100))}
          />
        </label>
      ))}
      {isBroken && (
        <p className="notice small" role="alert">
          {t('live.shotBroken')}
        </p>
      )}
      <div className="live-pairs">
        <button type="button" className="live-big live-main" onClick={() => void keep()}>
          {t(isCropped ? 'live.shotKeep' : 'live.shotWhole')}
        </button>
        <button type="button" className="live-big" onClick={onDone}>
          {t('live.shotDrop')}
        </button>
      </div>
    </fieldset>
  );
}

function useUrl(picture: Blob): string | null {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    const made = URL.createObjectURL(picture);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [picture]);
  return url;
}

/** A side never crosses the one opposite. */
function moved(crop: Crop, side: keyof Crop, to: number): Crop {
  const next = { ...crop, [side]: to };
  const isWide = next.right - next.left >= LEAST && next.bottom - next.top >= LEAST;
  return isWide ? next : crop;
}

type View = { url: string; crop: Crop; onCrop: (crop: Crop) => void };

/** Drawn over with a finger: what lies outside is dark, and goes. */
function CropView({ url, crop, onCrop }: View) {
  const from = useRef<{ x: number; y: number } | null>(null);
  const start = (event: PointerEvent<HTMLElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    from.current = placeOf(event);
  };
  const draw = (event: PointerEvent<HTMLElement>) => {
    if (!from.current) return;
    const [a, b] = [from.current, placeOf(event)];
    const next = {
      ...{ left: Math.min(a.x, b.x), right: Math.max(a.x, b.x) },
      ...{ top: Math.min(a.y, b.y), bottom: Math.max(a.y, b.y) },
    };
    if (next.right - next.left >= LEAST && next.bottom - next.top >= LEAST) onCrop(next);
  };
  const stop = () => {
    from.current = null;
  };
  const inset = [crop.top, 1 - crop.right, 1 - crop.bottom, crop.left]
    .map((share) => `${share * 100}%`)
    .join(' ');
  return (
    <div
      className="live-cropping"
      onPointerDown={start}
      onPointerMove={draw}
      onPointerUp={stop}
      onPointerCancel={stop}
    >
      <img src={url} alt={t('live.shot')} draggable={false} />
      <div className="live-cropped" style={{ inset }} />
    </div>
  );
}

function placeOf({ currentTarget, clientX, clientY }: PointerEvent<HTMLElement>): { x: number; y: number } {
  const { left, top, width, height } = currentTarget.getBoundingClientRect();
  const share = (value: number) => Math.min(1, Math.max(0, value));
  return { x: share((clientX - left) / width), y: share((clientY - top) / height) };
}
