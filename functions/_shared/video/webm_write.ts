import { element, float64, ID, joined } from "./ebml.ts";

const TRACK = 1;
const CLUSTER_FRAMES = 30;
const APP = "tallybase";

export interface Clip {
  width: number;
  height: number;
  framesPerSecond: number;
  // VP8 key frames, as they are in a lossy WebP.
  frames: Uint8Array[];
}

// A WebM of key frames alone: larger than a real encoder's, but it plays wherever VP8 does, can be
// cut anywhere, and needs no encoder but that of WebP.
export function writeWebm({ width, height, framesPerSecond, frames }: Clip): Uint8Array {
  const tickOf = (index: number) => Math.round((index * 1000) / framesPerSecond);
  const head = element(ID.ebml, [
    element(ID.docType, "webm"),
    element(0x4287, 2), // DocTypeVersion
    element(0x4285, 2), // DocTypeReadVersion
  ]);
  const info = element(ID.info, [
    element(ID.timestampScale, 1_000_000),
    element(ID.duration, float64(tickOf(frames.length))),
    element(ID.muxingApp, APP),
    element(ID.writingApp, APP),
  ]);
  const tracks = element(ID.tracks, [
    element(ID.trackEntry, [
      element(ID.trackNumber, TRACK),
      element(ID.trackUid, TRACK),
      element(ID.trackType, 1),
      element(ID.codecId, "V_VP8"),
      element(ID.video, [element(ID.pixelWidth, width), element(ID.pixelHeight, height)]),
    ]),
  ]);

  const clusters: Uint8Array[] = [];
  const cues: Uint8Array[] = [];
  let position = info.length + tracks.length;
  for (let first = 0; first < frames.length; first += CLUSTER_FRAMES) {
    const start = tickOf(first);
    const cluster = element(ID.cluster, [
      element(ID.timestamp, start),
      ...frames
        .slice(first, first + CLUSTER_FRAMES)
        .map((frame, i) => element(ID.simpleBlock, block(tickOf(first + i) - start, frame))),
    ]);
    cues.push(
      element(ID.cuePoint, [
        element(ID.cueTime, start),
        element(ID.cueTrackPositions, [
          element(ID.cueTrack, TRACK),
          element(ID.cueClusterPosition, position),
        ]),
      ]),
    );
    clusters.push(cluster);
    position += cluster.length;
  }
  return joined([head, element(ID.segment, [info, tracks, ...clusters, element(ID.cues, cues)])]);
}

function block(tick: number, frame: Uint8Array): Uint8Array {
  const isKey = 0x80;
  return joined([Uint8Array.of(0x80 | TRACK, tick >> 8, tick & 0xff, isKey), frame]);
}
