/**
 * Draws a node as one point whose shape tells its kind, hollow when little is certain, ringed when the risk is high.
 *
 * One vertex a node, as in sigma's own point program, so ten thousand nodes cost one draw call. The outline is a signed
 * distance to each shape (formulas of the field), evaluated per pixel.
 */
import { NodeProgram } from "sigma/rendering";
import type { NodeDisplayData, RenderParams } from "sigma/types";
import { floatColor } from "sigma/utils";

const VERTEX = `
attribute vec4 a_id;
attribute vec4 a_color;
attribute vec4 a_ring;
attribute vec2 a_position;
attribute float a_size;
attribute float a_look;
uniform float u_sizeRatio;
uniform float u_pixelRatio;
uniform mat3 u_matrix;
varying vec4 v_color;
varying vec4 v_ring;
varying float v_look;
varying float v_pixel;
const float bias = 255.0 / 254.0;
void main() {
  gl_Position = vec4((u_matrix * vec3(a_position, 1)).xy, 0, 1);
  float size = max(3.0, a_size / u_sizeRatio * u_pixelRatio * 2.0 * 1.35);
  gl_PointSize = size;
  v_pixel = 2.7 / size;
  v_look = a_look;
  #ifdef PICKING_MODE
  v_color = a_id;
  #else
  v_color = a_color;
  #endif
  v_color.a *= bias;
  v_ring = a_ring;
  v_ring.a *= bias;
}`;

const FRAGMENT = `
precision highp float;
varying vec4 v_color;
varying vec4 v_ring;
varying float v_look;
varying float v_pixel;

float box(vec2 p, vec2 b, float r) {
  vec2 d = abs(p) - b + r;
  return length(max(d, 0.0)) + min(max(d.x, d.y), 0.0) - r;
}
float hexagon(vec2 p, float r) {
  const vec3 k = vec3(-0.866025404, 0.5, 0.577350269);
  p = abs(p.yx);
  p -= 2.0 * min(dot(k.xy, p), 0.0) * k.xy;
  p -= vec2(clamp(p.x, -k.z * r, k.z * r), r);
  return length(p) * sign(p.y);
}
float triangle(vec2 p, float r) {
  const float k = 1.732050808;
  p.y = -p.y;
  p.x = abs(p.x) - r;
  p.y = p.y + r / k;
  if (p.x + k * p.y > 0.0) p = vec2(p.x - k * p.y, -k * p.x - p.y) / 2.0;
  p.x -= clamp(p.x, -2.0 * r, 0.0);
  return -length(p) * sign(p.y);
}
void main(void) {
  vec2 p = (gl_PointCoord - 0.5) * 2.7;
  float shape = mod(v_look, 8.0);
  float hollow = floor(v_look / 8.0);
  float d;
  if (shape < 0.5) d = length(p) - 1.0;
  else if (shape < 1.5) d = box(p, vec2(0.88), 0.0);
  else if (shape < 2.5) d = box(p, vec2(0.92), 0.38);
  else if (shape < 3.5) d = hexagon(p, 0.92);
  else if (shape < 4.5) d = (abs(p.x) + abs(p.y)) * 0.7071 - 0.84;
  else if (shape < 5.5) d = triangle(p + vec2(0.0, 0.12), 1.02);
  else d = box(p, vec2(0.72, 0.98), 0.1);
  #ifdef PICKING_MODE
  if (d > 0.1) discard;
  gl_FragColor = v_color;
  #else
  float inside = clamp(0.5 - d / v_pixel, 0.0, 1.0);
  float core = clamp(0.5 - (d + 0.34) / v_pixel, 0.0, 1.0) * hollow;
  float ring = clamp(0.5 - (abs(d - 0.2) - 0.09) / v_pixel, 0.0, 1.0);
  vec4 body = v_color * inside * (1.0 - core * 0.82);
  vec4 band = v_ring * ring;
  gl_FragColor = band + body * (1.0 - band.a);
  #endif
}`;

const UNIFORMS = ["u_sizeRatio", "u_pixelRatio", "u_matrix"] as const;

interface Drawn extends NodeDisplayData {
  shape?: number;
  hollow?: boolean;
  ring?: string;
}

export class ShapeProgram extends NodeProgram<(typeof UNIFORMS)[number]> {
  override getDefinition() {
    const { FLOAT, UNSIGNED_BYTE, POINTS } = WebGLRenderingContext;
    return {
      VERTICES: 1,
      VERTEX_SHADER_SOURCE: VERTEX,
      FRAGMENT_SHADER_SOURCE: FRAGMENT,
      METHOD: POINTS,
      UNIFORMS,
      ATTRIBUTES: [
        { name: "a_position", size: 2, type: FLOAT },
        { name: "a_size", size: 1, type: FLOAT },
        { name: "a_look", size: 1, type: FLOAT },
        { name: "a_color", size: 4, type: UNSIGNED_BYTE, normalized: true },
        { name: "a_ring", size: 4, type: UNSIGNED_BYTE, normalized: true },
        { name: "a_id", size: 4, type: UNSIGNED_BYTE, normalized: true },
      ],
    };
  }

  override processVisibleItem(nodeIndex: number, start: number, data: Drawn): void {
    const { array } = this;
    let at = start;
    array[at++] = data.x;
    array[at++] = data.y;
    array[at++] = data.size;
    array[at++] = (data.shape ?? 0) + (data.hollow === true ? 8 : 0);
    array[at++] = floatColor(data.color);
    array[at++] = floatColor(data.ring ?? "rgba(0,0,0,0)");
    array[at++] = nodeIndex;
  }

  override setUniforms({ sizeRatio, pixelRatio, matrix }: RenderParams, { gl, uniformLocations }: { gl: WebGLRenderingContext | WebGL2RenderingContext; uniformLocations: Record<string, WebGLUniformLocation> }): void {
    gl.uniform1f(uniformLocations["u_pixelRatio"] ?? null, pixelRatio);
    gl.uniform1f(uniformLocations["u_sizeRatio"] ?? null, sizeRatio);
    gl.uniformMatrix3fv(uniformLocations["u_matrix"] ?? null, false, matrix);
  }
}
