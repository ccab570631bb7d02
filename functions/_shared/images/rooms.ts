import type { Piece } from "./furniture.ts";

const ROOMS = new Map<string, Piece[]>([
  [
    "living_room",
    [
      { kind: "art", x: 0.5, y: 0.26, size: 0.16 },
      { kind: "rug", x: 0.5, y: 0.9, size: 0.62 },
      { kind: "lamp", x: 0.17, y: 0.78, size: 0.42 },
      { kind: "sofa", x: 0.5, y: 0.8, size: 0.46 },
      { kind: "table", x: 0.5, y: 0.93, size: 0.22 },
      { kind: "plant", x: 0.86, y: 0.82, size: 0.26 },
    ],
  ],
  [
    "bedroom",
    [
      { kind: "art", x: 0.5, y: 0.24, size: 0.18 },
      { kind: "rug", x: 0.5, y: 0.94, size: 0.66 },
      { kind: "bed", x: 0.5, y: 0.9, size: 0.46 },
      { kind: "lamp", x: 0.17, y: 0.78, size: 0.32 },
      { kind: "plant", x: 0.87, y: 0.82, size: 0.22 },
    ],
  ],
  [
    "dining_room",
    [
      { kind: "art", x: 0.5, y: 0.26, size: 0.2 },
      { kind: "rug", x: 0.5, y: 0.93, size: 0.64 },
      { kind: "chair", x: 0.24, y: 0.88, size: 0.16 },
      { kind: "chair", x: 0.76, y: 0.88, size: 0.16 },
      { kind: "table", x: 0.5, y: 0.9, size: 0.44 },
    ],
  ],
  [
    "kitchen",
    [
      { kind: "shelf", x: 0.72, y: 0.34, size: 0.26 },
      { kind: "counter", x: 0.5, y: 0.86, size: 0.5 },
      { kind: "chair", x: 0.34, y: 0.96, size: 0.12 },
      { kind: "chair", x: 0.66, y: 0.96, size: 0.12 },
    ],
  ],
  [
    "bathroom",
    [
      { kind: "art", x: 0.3, y: 0.3, size: 0.14 },
      { kind: "counter", x: 0.32, y: 0.84, size: 0.3 },
      { kind: "rug", x: 0.62, y: 0.94, size: 0.3 },
      { kind: "plant", x: 0.85, y: 0.86, size: 0.24 },
    ],
  ],
  [
    "home_office",
    [
      { kind: "shelf", x: 0.76, y: 0.34, size: 0.26 },
      { kind: "rug", x: 0.46, y: 0.94, size: 0.52 },
      { kind: "table", x: 0.42, y: 0.86, size: 0.4 },
      { kind: "chair", x: 0.42, y: 0.96, size: 0.16 },
      { kind: "plant", x: 0.88, y: 0.84, size: 0.24 },
    ],
  ],
  [
    "kids_room",
    [
      { kind: "art", x: 0.3, y: 0.28, size: 0.14 },
      { kind: "art", x: 0.5, y: 0.24, size: 0.1 },
      { kind: "rug", x: 0.56, y: 0.94, size: 0.44 },
      { kind: "bed", x: 0.3, y: 0.86, size: 0.34 },
      { kind: "table", x: 0.72, y: 0.9, size: 0.2 },
    ],
  ],
  [
    "outdoor",
    [
      { kind: "plant", x: 0.12, y: 0.84, size: 0.34 },
      { kind: "plant", x: 0.9, y: 0.84, size: 0.3 },
      { kind: "chair", x: 0.34, y: 0.9, size: 0.18 },
      { kind: "chair", x: 0.68, y: 0.9, size: 0.18 },
      { kind: "table", x: 0.51, y: 0.94, size: 0.16 },
    ],
  ],
]);

/** From the back to the front. A room that is not known here is a living room. */
export function furnitureOf(roomType: string | undefined): readonly Piece[] {
  return ROOMS.get(roomType ?? "") ?? ROOMS.get("living_room") ?? [];
}
