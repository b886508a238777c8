using System.Diagnostics;

namespace EHealthPlus.Tests.Transformers.Dicom;

/// <summary>Programs of others, which judge what is written here.</summary>
internal static class Judge
{
    /// <returns>What it wrote to both outputs.</returns>
    public static async Task<string> Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = System.Text.Encoding.UTF8 })!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return await output + errors;
    }
}
