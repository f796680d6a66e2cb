/** Where nodes lie, per question to the graph, kept while the case is open and forgotten with it. */
import type { Places } from "./model";

const memory = new Map<string, Places>();

/** Returns the places of a question, to be read and written. */
export function placesFor(question: string): Places {
  let places = memory.get(question);
  if (places === undefined) {
    places = new Map();
    memory.set(question, places);
  }
  return places;
}

/** Forgets where nodes lay. */
export function forgetPlaces(): void {
  memory.clear();
}
