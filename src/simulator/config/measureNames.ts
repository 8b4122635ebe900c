/** The three measures of the paper (J § 3). */
export const measureNames = ['u', 'e', 'ue'] as const;
export type MeasureName = (typeof measureNames)[number];
export type PerMeasure<T> = Readonly<Record<MeasureName, T>>;

export function perMeasure<T>(value: (name: MeasureName) => T): PerMeasure<T> {
  return { u: value('u'), e: value('e'), ue: value('ue') };
}
