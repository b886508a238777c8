using System.Buffers.Binary;

namespace EHealthPlus.Endpoints.Cli.Synthetic;

/// <summary>Pictures that look from afar like what a device takes, and are formulas: nobody's body is in them.</summary>
internal static class SyntheticPictures
{
    /// <summary>A chest from the front: soft tissue, two lungs with ribs, spine, heart and diaphragm.</summary>
    /// <returns>16 bits a pixel, of which 12 are used; dense is bright.</returns>
    public static byte[] Chest(int side)
    {
        var pixels = new byte[side * side * 2];
        for (var row = 0; row < side; row++)
        {
            for (var column = 0; column < side; column++)
            {
                var (x, y) = ((2.0 * column / side) - 1, (2.0 * row / side) - 1);
                var body = Soft(x, y, 0, 0.75, 0.97, 2.0, 0.12);
                var lungs = body * Math.Max(Soft(x, y, -0.4, -0.08, 0.28, 0.62, 0.16), Soft(x, y, 0.4, -0.08, 0.28, 0.62, 0.16));
                var ribs = Math.Pow((1 + Math.Sin(((y - (0.35 * x * x)) * 26) + 1)) / 2, 3) * (1 - Math.Abs(x));
                var path = (body * 2300) - (lungs * 1700) + (lungs * ribs * 500)
                    + (1700 * Math.Exp(-x * x / 0.008) * body)
                    + (1500 * Soft(x, y, 0.14, 0.22, 0.32, 0.32, 0.35) * body)
                    + (1300 * Soft(x, y, 0, 1.05, 1.0, 0.62, 0.25) * body);
                // The denser the way through the body, the less one more layer shows.
                var value = 3900 * (1 - Math.Exp(-path / 2600));
                var grain = (((column * 73) ^ (row * 151)) % 41) - 20;
                BinaryPrimitives.WriteUInt16LittleEndian(pixels.AsSpan(2 * ((row * side) + column)), (ushort)Math.Clamp(120 + value + grain, 0, 4095));
            }
        }

        return pixels;
    }

    /// <summary>A sector of speckle under a curved probe, with a dark cavity that grows and shrinks.</summary>
    /// <param name="phase">0 to 1, of one pulsation.</param>
    /// <returns>8 bits a pixel.</returns>
    public static byte[] Sector(int rows, int columns, double phase)
    {
        var pixels = new byte[rows * columns];
        var cavity = 0.16 + (0.05 * Math.Sin(2 * Math.PI * phase));
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                var (x, y) = ((column - (columns / 2.0)) / rows, (double)row / rows);
                var (depth, angle) = (Math.Sqrt((x * x) + ((y + 0.15) * (y + 0.15))), Math.Atan2(x, y + 0.15));
                if (Math.Abs(angle) > 0.62 || depth is < 0.22 or > 1.1) continue;
                var fromCavity = Math.Sqrt(((x + 0.03) * (x + 0.03)) + ((y - 0.48) * (y - 0.48)));
                var echo = fromCavity < cavity ? 14 : fromCavity < cavity + 0.02 ? 215 : 105 + (45 * Math.Sin((depth * 40) + (angle * 3)));
                // Behind fluid the echo is stronger.
                if (fromCavity >= cavity && y > 0.48 && Math.Abs(x + 0.03) < cavity) echo *= 1.35;
                var speckle = 0.45 + (0.55 * Noise((int)(depth * 420), (int)(angle * 210), (int)(phase * 12)));
                pixels[(row * columns) + column] = (byte)Math.Clamp(echo * speckle * (1.15 - (0.5 * depth)), 0, 255);
            }
        }

        return pixels;
    }

    /// <returns>1 within an ellipse, 0 outside of it, between them at its rim.</returns>
    private static double Soft(double x, double y, double centreX, double centreY, double radiusX, double radiusY, double rim) =>
        Math.Clamp((1 - Math.Sqrt(Math.Pow((x - centreX) / radiusX, 2) + Math.Pow((y - centreY) / radiusY, 2))) / rim, 0, 1);

    /// <returns>0 to 1, the same for the same place.</returns>
    private static double Noise(int a, int b, int c)
    {
        var hash = unchecked(((uint)a * 2654435761u) ^ ((uint)b * 2246822519u) ^ ((uint)c * 3266489917u));
        hash = unchecked((hash ^ (hash >> 15)) * 2246822519u);
        return ((hash ^ (hash >> 13)) & 0xFFFF) / 65535.0;
    }
}
