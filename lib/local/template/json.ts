export type Json = string | number | boolean | null | Json[] | JsonObject;
export type JsonObject = { [key: string]: Json };

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Readers for resolved properties: what has another type counts as left out. */
export const objectOf = (value: Json | undefined): JsonObject => (isObject(value) ? value : {});
export const listOf = (value: Json | undefined): Json[] => (Array.isArray(value) ? value : []);
export const objectsOf = (value: Json | undefined): JsonObject[] => listOf(value).filter(isObject);
export const textOf = (value: Json | undefined): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
export const textsOf = (value: Json | undefined): string[] => listOf(value).map(textOf);
export const numberOf = (value: Json | undefined, otherwise: number): number =>
  value === undefined || value === null || value === '' ? otherwise : Number(value);
export const isTrue = (value: Json | undefined): boolean => value === true || value === 'true';
