import { draws } from './random.js';

const beginnings =
  'Abren Aldven Ambrel Arvens Belthor Brindol Calvor Corvan Dranth Dunvel Eldrin Elvorn Farnoc Fenvar Galdor Grelm Harvoc Hesker Ilmar Ivrel Jesmor Kelvor Kestrin Lanvor Lorvin Malvic Mordrel Narvel Nethric Olvar Orlin Pelvar Prenth Quarl Quenvor Ravlin Rethmar Sarvel Selthor Tolvan Thornvel Ulmer Urvan Valdrin Venthor Wexlor Wulvar Yarvel Yendor Zarrel Zelvin Brask Cranvel Drevan Estrel Fralden Gorvel Hulven Istrin Jarlven'.split(
    ' ',
  );
const endings =
  'moor stead wick holme mere dale croft combe fell garth haven hurst march minster reach shaw thorpe vale water wold beck brook cliffe cross den field gate ham hill ley mouth pool port ridge side stone ton well wood worth'.split(
    ' ',
  );
const qualifiers = ['', 'Upper ', 'Nether ', 'Outer '];

/** Invented places, all different, in an order that the seed gives. None has a real name in its own. */
export function inventedPlaces(seed: number, count: number, realNames: readonly string[]): string[] {
  const real = realNames.map(letters).filter((name) => name !== '');
  const names = beginnings
    .flatMap((beginning) => endings.map((ending) => beginning + ending))
    .filter((name) => !real.some((one) => letters(name).includes(one) || one.includes(letters(name))));
  const { whole } = draws(seed, 'places', 0);
  for (let last = names.length - 1; last > 0; last--) {
    const other = whole(0, last);
    [names[last], names[other]] = [names[other] as string, names[last] as string];
  }
  const places = qualifiers.flatMap((qualifier) => names.map((name) => qualifier + name));
  if (places.length < count) throw new Error(`only ${places.length} places can be invented`);
  return places.slice(0, count);
}

/** A name's letters, as names are compared. */
const letters = (name: string) => name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
