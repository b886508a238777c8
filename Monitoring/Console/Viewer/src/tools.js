// Which gesture does what. The left button or one finger does what the toolbar says; the rest is the same always:
// wheel scrolls, the middle button pans, the right one zooms, two fingers pan and zoom.
import {
  addTool, AngleTool, Enums, init, LengthTool, PanTool, StackScrollTool, ToolGroupManager, WindowLevelTool, ZoomTool,
} from '@cornerstonejs/tools';

const GROUP = 'viewer';
const { MouseBindings } = Enums;
const tools = { window: WindowLevelTool, scroll: StackScrollTool, pan: PanTool, zoom: ZoomTool, length: LengthTool, angle: AngleTool };

const always = {
  [StackScrollTool.toolName]: [{ mouseButton: MouseBindings.Wheel }],
  [PanTool.toolName]: [{ mouseButton: MouseBindings.Auxiliary }],
  [ZoomTool.toolName]: [{ mouseButton: MouseBindings.Secondary }, { numTouchPoints: 2 }],
};
const primary = { mouseButton: MouseBindings.Primary };
let current;

export function setUpTools() {
  init();
  const group = ToolGroupManager.createToolGroup(GROUP);
  for (const tool of Object.values(tools)) {
    addTool(tool);
    group.addTool(tool.toolName);
  }
  for (const [name, bindings] of Object.entries(always)) group.setToolActive(name, { bindings });
  useTool('window');
}

export function useTool(name) {
  const group = ToolGroupManager.getToolGroup(GROUP);
  const chosen = tools[name].toolName;
  if (current && current !== chosen) {
    // Passive: what was measured can still be moved.
    group.setToolPassive(current, { removeAllBindings: true });
    if (always[current]) group.setToolActive(current, { bindings: always[current] });
  }
  current = chosen;
  group.setToolActive(chosen, { bindings: [...(always[chosen] ?? []), primary] });
}

export function joinTools(viewportId, engineId) { ToolGroupManager.getToolGroup(GROUP).addViewport(viewportId, engineId); }
