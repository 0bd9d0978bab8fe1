/** From a logit to a probability: 1 / (1 + e^-(slope·logit + shift)). */
export type Calibration = { readonly slope: number; readonly shift: number };

/** What a model says, laid so that 0 is as likely as not. */
export function calibrated({ slope, shift }: Calibration, logit: number): number {
  return slope * logit + shift;
}

/** The probability a calibrated model gives. */
export function probabilityOf(calibration: Calibration, logit: number): number {
  return chanceOf(calibrated(calibration, logit));
}

export function chanceOf(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}
