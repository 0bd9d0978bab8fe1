/** From a logit to a probability: 1 / (1 + e^-(slope·logit + shift)). */
export type Calibration = { readonly slope: number; readonly shift: number };

/** The probability a calibrated model gives. */
export function probabilityOf(calibration: Calibration, logit: number): number {
  return 1 / (1 + Math.exp(-(calibration.slope * logit + calibration.shift)));
}
