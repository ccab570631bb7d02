import type { MediaRequest } from "./types.ts";

const ROOMS: Record<string, string> = { kids_room: "kids' room", outdoor: "outdoor space" };

// What is asked of a model that stages photos in words.
export function stagingWords({ roomType, style, prompt }: MediaRequest): string {
  const room = ROOMS[roomType ?? ""] ?? (roomType ?? "room").replaceAll("_", " ");
  const manner = (style ?? "").replaceAll("_", " ");
  return [
    `Virtually stage this photo as a furnished ${room}${manner ? ` in ${manner} style` : ""}.`,
    "Add furniture, textiles, lamps and decoration that fit the room's size and light.",
    "Keep the walls, windows, doors, floor, ceiling and the camera exactly as they are.",
    "The result looks like a photograph; no people, no text.",
    ...(prompt ? [prompt] : []),
  ].join(" ");
}
